"""Every permission of the program, in one list and in alphabetical order: `context:thing:deed`."""

from enum import StrEnum


class Permission(StrEnum):
    """What an officer may do; where they may do it is the scope's affair."""

    COMMAND_DIRECTIVE_CONFIRM = "command:directive:confirm"
    COMMAND_DIRECTIVE_READ = "command:directive:read"
    COMMAND_DIRECTIVE_REGISTER = "command:directive:register"
    COMMAND_PAPER_DRAFT = "command:paper:draft"
    COMMAND_PAPER_READ = "command:paper:read"
    COMMAND_PAPER_SIGN = "command:paper:sign"
    COMMAND_REPORT_DRAFT = "command:report:draft"
    COMMAND_REPORT_READ = "command:report:read"
    COMMAND_REPORT_SIGN = "command:report:sign"
    COMMAND_TASK_ASSIGN = "command:task:assign"
    COMMAND_TASK_READ = "command:task:read"
    COMMAND_TASK_REPORT = "command:task:report"
    COMMAND_TASK_REVIEW = "command:task:review"
    CONTAINMENT_INDICATOR_WRITE = "containment:indicator:write"
    CONTAINMENT_LEVEL_ANNOUNCE = "containment:level:announce"
    CONTAINMENT_LEVEL_ASSESS = "containment:level:assess"
    CONTAINMENT_LEVEL_DECIDE = "containment:level:decide"
    CONTAINMENT_LEVEL_READ = "containment:level:read"
    FOUNDATION_JOURNAL_READ = "foundation:journal:read"
    PEOPLE_OFFICER_MANAGE = "people:officer:manage"
    PEOPLE_OFFICER_READ = "people:officer:read"
    PEOPLE_PERSON_READ = "people:person:read"
    PEOPLE_PERSON_REVEAL = "people:person:reveal"
    RULEBOOK_RULE_READ = "rulebook:rule:read"
    RULEBOOK_VALUE_VERIFY = "rulebook:value:verify"
    TERRITORY_UNIT_READ = "territory:unit:read"
