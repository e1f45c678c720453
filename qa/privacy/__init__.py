"""What is kept and for how long, customers who ask to be forgotten, and the proof that they were."""

from qa.privacy.certificate import Certificate, list_certificates
from qa.privacy.forgetting import Prospect, customer_of, erase_again, finish_erasures, forget, look

__all__ = [
    "Certificate",
    "Prospect",
    "customer_of",
    "erase_again",
    "finish_erasures",
    "forget",
    "list_certificates",
    "look",
]
