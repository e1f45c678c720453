"""Sentences about a recording, the disk and the program itself."""

from dashboard.i18n import N_

SENTENCES = (
    N_("Given up after {count} tries: {rest}"),
    N_("Given up: the worker died {count} times over it; look at the recording."),
    N_("it failed before and is tried again: {rest}"),
    N_("{name} holds text, not sound; name the recording itself."),
    N_("{name} is damaged or no sound file; export it again as wav, mp3 or ogg."),
    N_(
        "{name} has no header, so its coding and rate are not known; convert it to wav first, "
        "for example with sox -t ul -r 8000 -c 1."
    ),
    N_(
        "{name} has {count} channels; export it with one channel, or with two, one for the agent and one "
        "for the customer."
    ),
    N_("{name} is more than {length} long and the limit is {limit}; split it or raise QA_MAXIMUM_HOURS."),
    N_("{name} is {length} long and the limit is {limit}; split it or raise QA_MAXIMUM_HOURS."),
    N_("{name} is cut short: {length} of {limit} could be read; copy it again."),
    N_("{name} breaks off after {length}; copy it again from the recorder."),
    N_("{name} is damaged: {length} of {limit} could not be read; copy it again."),
    N_("{name} holds no sound that can be read; copy it again from the recorder."),
    N_("{name} holds no sound at this place; copy it again from the recorder."),
    N_("{name} holds no sound track; export the call with its sound."),
    N_("{name} is empty (0 bytes); copy it again from the recorder."),
    N_("{name} is not there; check the path."),
    N_("{name} may not be read; give this user permission to read it."),
    N_("{name} is a folder; name the recordings in it."),
    N_("{name} is not an ordinary file; copy the recording to a file first."),
    N_("{name} breaks the decoder ({why}); convert it to WAV."),
    N_("{name} does not fit into memory; free some, or split the recording."),
    N_("The file {name} cannot be read ({why}); give this user the right to read it."),
    N_("The folder {name} cannot be read ({why}); correct its rights."),
    N_("{name} cannot be read ({why}); check the disk or share."),
    N_("There is no file or folder {name}; check the path."),
    N_("The recording {name} is not in the recordings folder; restore it."),
    N_("Call {name} has nothing to review; ingest its recording or transcript."),
    N_("Call number {name} has nothing to review; ingest its recording."),
    N_("No engine was named."),
    N_(
        "The engine fast has no model {name} in CTranslate2's format: point QA_MODEL_PATH to a "
        "CTranslate2 folder, or set QA_ENGINE=openai."
    ),
    N_(
        "QA_MODEL_PATH names {name}, which the engine fast cannot read: point it "
        "to a CTranslate2 folder, or set QA_ENGINE=openai."
    ),
    N_("The folder {name} lacks tokenizer.json: copy it from the model that was converted."),
    N_(
        "The CTranslate2 model {name} cannot be loaded: copy it again, or convert "
        "it anew with ct2-transformers-converter."
    ),
    N_("The folder {name} cannot be read ({why}): copy it again."),
    N_("The sealed file {name} was damaged, changed or put in the place of another; restore it from a copy."),
    N_(
        "The key {name} that this file is sealed with is not here; put it into QA_VAULT_KEY, "
        "QA_VAULT_KEY_FILE or keys/vault.key from where it is kept."
    ),
    N_("The recording {name} cannot be read ({why}); look at the folder or store of the recordings."),
    N_("The call was deleted."),
    N_("The file {name} cannot be written in {folder} ({why}); free space or change the folder's rights."),
    N_("The upload cannot be written to {folder} ({why}); free space or change the folder's rights."),
    N_("The review broke off ({why}); free memory or disk space."),
    N_("The review met a fault in the program ({why}); report it."),
    N_("The key file {name} cannot be made or read ({why}); correct the folder's rights."),
    N_("The key file {name} has {count} bytes, not {limit}; restore a back-up."),
)
"""The first that fits is used, so the narrower ones stand before the wider."""
