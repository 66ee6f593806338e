"""What stands in the way of a certificate, in words that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from phaodai.vaccination.rules.certificates_checking import Obstacle

OBSTACLES: dict[Obstacle, Promise] = {
    Obstacle.NO_DOSE: _("No dose of this person is in the books. Match the dose to the person first."),
    Obstacle.DOUBTED: _("There is an open doubt against a dose. Have it settled first."),
    Obstacle.GAP: _("The numbers of the doses have a gap, or one stands twice. Correct the doses first."),
    Obstacle.PRODUCT: _("This vaccine has no code in the European list, so no QR code can name it."),
    Obstacle.COURSE_UNKNOWN: _("Nobody has verified how many doses make a full course of this vaccine."),
    Obstacle.COURSE_OPEN: _("The course is not complete yet: a certificate follows the last dose of it."),
    Obstacle.NAME: _("The full name is missing or is one word. Correct it by the ID card."),
    Obstacle.BIRTH: _("The date of birth is missing. Correct it by the ID card."),
    Obstacle.NATIONALITY: _("There is no ID card number. Enter it, or say the nationality."),
    Obstacle.HAS_ONE: _("This person already has a certificate of the last dose."),
}
