"""What changes something, by module of ``dashboard/data`` and function. Each asks here, or its SQL asks the
same; tests call every one of them as somebody who may not.
"""

from dashboard.rights.contract import rows

ACTIONS = rows("action", {
    # what is the site's
    "A---": """demo.remove users.add users.change users.link users.reset_password users.disable
        users.reset_second_factor privacy.set_rule privacy.switch privacy.look privacy.forget
        privacy.hold privacy.lift privacy.certificate""",
    "AA--": """alerts.save alerts.send_again alerts.send_trial demo.start drafting.assign drafting.begin
        drafting.discard drafting.duplicate drafting.publish drafting.save drafting.unassign
        rescoring.start rescoring.stop trying.start targets.change themes.change experience.save_weights
        report.save weekly.note weekly.take_back comments.save_template agreement.look
        calibration.make calibration.end_blind calibration.close calibration.set_reference
        calibration.set_agreed review.make_plan review.decide
        imports.look imports.ready imports.take imports.history intake.check intake.take_in
        audit.page audit.standing audit.look audit.people audit.file
        push.keys push.make push.revoke work.retry alerts.post""",
    # what is of a call, an agent or a customer
    "AAT-": """alerts.acknowledge alerts.close alerts.make_item calls.add_comment calls.remove_comment
        care.assign care.close care.keep_answer comments.add coaching.prepare clips.prepare coaching.plan_day
        coaching.discard coaching.write_plan coaching.agree coaching.follow_up coaching.write_private_note
        disputes.answer library.propose library.withdraw review.take review.keep review.finish
        review.replace roles.set_roles""",
    "AATO": "actions.add actions.change promises.decide promises.set_due",
    "---O": """coaching.acknowledge disputes.contest disputes.reopen disputes.close library.answer
        person.acknowledge""",
})  # fmt: skip
