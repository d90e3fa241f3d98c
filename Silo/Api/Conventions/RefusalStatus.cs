using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Which HTTP status stands for which refusal.</summary>
internal static class RefusalStatus
{
    /// <summary>404: nothing of that name. 422: what was sent can't be read. 403: not this person. 412: the case has moved on. 503: nothing
    /// was done, come again. 409: the law or the state says no.</summary>
    public static int Of(RefusalCode code) =>
        code switch
        {
            RefusalCode.CaseUnknown
            or RefusalCode.CaseNotThen
            or RefusalCode.ProcedureUnknown
            or RefusalCode.SubjectUnknown
            or RefusalCode.PowerUnknown
            or RefusalCode.FilingUnknown
            or RefusalCode.StaffUnknown
            or RefusalCode.RoundUnknown
            or RefusalCode.TownUnknown
            or RefusalCode.TownNotFounded
            or RefusalCode.NoSuchOffice => StatusCodes.Status404NotFound,
            (>= RefusalCode.FieldMissing and <= RefusalCode.FieldUnknown)
            or RefusalCode.ActUnknown
            or (>= RefusalCode.PapersTooMany and <= RefusalCode.PaperUnknown)
            or RefusalCode.SubjectNotWanted
            or RefusalCode.CommandIdReused
            or RefusalCode.LateEntryIncomplete
            or RefusalCode.TextMissing
            or RefusalCode.TextTooLong
            or RefusalCode.TextForbidden
            or RefusalCode.TooManyEntries
            or RefusalCode.CursorUnknown => StatusCodes.Status422UnprocessableEntity,
            RefusalCode.ActorWrongRole
            or RefusalCode.ActorAbsent
            or RefusalCode.SystemFromOutside
            or RefusalCode.OfficeNotHeld
            or RefusalCode.OwnMatter
            or RefusalCode.AuthorisationMissing
            or RefusalCode.OfficerNotCertified
            or RefusalCode.OfficersNotTwo
            or RefusalCode.CollectorSameAsDecider
            or RefusalCode.ReviewerHandledCase
            or RefusalCode.NotForClients => StatusCodes.Status403Forbidden,
            RefusalCode.CaseMovedOn => StatusCodes.Status412PreconditionFailed,
            RefusalCode.Busy => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status409Conflict,
        };
}
