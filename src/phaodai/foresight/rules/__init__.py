"""Arrays in, findings out: nowcast, reproduction number, growth, forecast by day, evaluation. No Django, no clock."""
