using TownReform.Silo.Api.Offices;

namespace TownReform.Silo.Web.Offices;

/// <summary>What was collected on a day, and where it is (C5).</summary>
/// <param name="Path">Address of the office's pages.</param>
/// <param name="IsFault">The day that was asked for is none; today is shown.</param>
public sealed record TakingsModel(string Path, Words Office, TakingsDay Day, bool IsFault);
