from dashboard import identity
from dashboard.i18n import _
from dashboard.intake.live import draw_live
from dashboard.intake.taking import draw_intake
from dashboard.parts import head

viewer = identity.viewer()
head(_("Recordings in"), _("Add recordings, see how far each one is, mend what failed."))
draw_intake(viewer)
draw_live(viewer)
