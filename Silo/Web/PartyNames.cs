using System.Globalization;

namespace TownReform.Silo.Web;

/// <summary>Parties in lists, where others may look over a shoulder: a person by surname only, an organisation by its name.</summary>
public static class PartyNames
{
    /// <summary>A party's name as lists show it: <c>王某</c>, <c>W***</c>.</summary>
    public static string Masked(this Party party)
    {
        if (party.Organisation || party.Name.Length == 0)
        {
            return party.Name;
        }

        var first = StringInfo.GetNextTextElement(party.Name);
        return first + (first[0] >= 0x2E80 ? "某" : "***");
    }

    /// <summary>An id as pages show it: its last four characters, where it has more than eight.</summary>
    public static string MaskedId(this Party party) => party.Id.Length > 8 ? $"****{party.Id[^4..]}" : party.Id;
}
