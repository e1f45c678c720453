"""A message as mail: plain text, files with it, over an encrypted connection unless the site says not."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from qa.deliver.sending import Undeliverable
from qa.settings import Settings
from qa.store.alert.outbox import Message

SECONDS = 20.0
TYPES = {
    ".html": ("text", "html"),
    ".pdf": ("application", "pdf"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def send_mail(settings: Settings, message: Message) -> None:
    """Hand the message to the site's mail server.

    Raises:
        Undeliverable: it was not taken; the words of the server are not repeated.
    """
    if settings.smtp_host is None:
        raise Undeliverable("mail:not-set-up", final=True)
    letter = compose(settings, message)
    try:
        with _connected(settings) as server:
            if settings.smtp_user is not None:
                server.login(settings.smtp_user, settings.smtp_password or "")
            server.send_message(letter)
    except smtplib.SMTPAuthenticationError as error:
        raise Undeliverable("mail:sign-in") from error
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _said in error.recipients.values()), default=550)
        raise Undeliverable(f"mail:{code}", final=code >= 500) from error
    except smtplib.SMTPResponseException as error:
        raise Undeliverable(f"mail:{error.smtp_code}", final=error.smtp_code >= 500) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Undeliverable("mail:no-encryption") from error
    except ssl.SSLError as error:
        raise Undeliverable("mail:certificate") from error
    except TimeoutError as error:
        raise Undeliverable("mail:timeout") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Undeliverable("mail:no-answer") from error


def compose(settings: Settings, message: Message) -> EmailMessage:
    """The letter. ``Message-ID`` is made of the message's key, so a mailbox knows a repeat.

    Raises:
        Undeliverable: a file that goes with it is gone.
    """
    sender = settings.mail_from or settings.smtp_user or f"shenava@{settings.smtp_host}"
    letter = EmailMessage()
    letter["From"], letter["To"] = sender, message.recipient
    letter["Subject"] = str(message.payload["subject"])
    letter["Date"] = formatdate(message.created_at.timestamp())
    letter["Message-ID"] = f"<{_plain(message.key)}@{sender.rpartition('@')[2].rstrip('>')}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(str(message.payload["text"]))
    for name in message.payload.get("files", ()):
        path = settings.data_dir / str(name)
        kind, part = TYPES[path.suffix]
        letter.add_attachment(_content(path), maintype=kind, subtype=part, filename=path.name)
    return letter


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port = str(settings.smtp_host), settings.smtp_port
    context = ssl.create_default_context()
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    if settings.smtp_security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Undeliverable("mail:file-gone", final=True) from error


def _plain(key: str) -> str:
    return "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in key)
