"""Enrolments: what is paid, by which receipt, how far it has come.
Twin: pwa/src/domain/enrolment/."""
