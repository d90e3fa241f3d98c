namespace TownReform.Silo.Web.Public;

/// <summary>The page on which a case is tracked by its number and code, without signing in; no names on it.</summary>
/// <param name="Number">What was typed.</param>
/// <param name="Fault">Why nothing is shown; null when nothing was asked, or something is.</param>
public sealed record TrackModel(string Number, Words? Fault, TrackedCase? Found);

/// <summary>Where a case stands.</summary>
/// <param name="Service">Name of the item.</param>
/// <param name="Step">Name of the step or the end.</param>
/// <param name="Who">Office that has it, by name; null when nobody has.</param>
/// <param name="IsWaiting">It waits for the applicant.</param>
public sealed record TrackedCase(CaseView Case, Words Service, Words Step, Words? Who, bool IsWaiting);
