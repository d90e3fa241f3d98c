using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads <c>seeds/calendar/china.csv</c> into the <see cref="WorkCalendar"/>; the years in it must follow each other and be
/// whole.</summary>
internal static class CalendarLoader
{
    public const string Path = "calendar/china.csv";

    // The public holidays by law (全国年节及纪念日放假办法); a year that lacks one was not entered whole.
    private static readonly string[] Festivals = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];

    public static WorkCalendar? Load(SeedFolder folder)
    {
        var faults = folder.Faults;
        if (folder.Read(Path) is not { } file)
        {
            return null;
        }

        var before = faults.Count;
        var exceptions = new Dictionary<DateOnly, bool>();
        var named = new HashSet<(int Year, string Festival)>();
        var names = new Dictionary<DateOnly, string>();
        foreach (var row in CsvTable.Read(file, ["date", "kind", "name"], faults))
        {
            var day = row.Date("date");
            var works = row.OneOf("kind", ["holiday", "workday"]) == "workday";
            if (!exceptions.TryAdd(day, works))
            {
                row.Fault("date", "each day once");
            }

            names[day] = row.Text("name");
            foreach (var festival in Festivals.Where(row.Text("name").Contains))
            {
                named.Add((day.Year, festival));
            }
        }

        if (faults.Count > before || exceptions.Count == 0)
        {
            return null;
        }

        var (first, last) = (exceptions.Keys.Min().Year, exceptions.Keys.Max().Year);
        for (var year = first; year <= last; year++)
        {
            foreach (var festival in Festivals.Where(f => !named.Contains((year, f))))
            {
                faults.Add(Path, 0, year.ToString(CultureInfo.InvariantCulture), $"the days of {festival}");
            }
        }

        return new(first, last, exceptions, names);
    }
}
