namespace TownReform.Grains.Intake;

/// <summary>
/// Numbers of the cases that a counter's latest commands have opened, in bounded memory. What it has forgotten the journal knows: a command
/// opens one case, and who tries it under
/// another number is told which it was.
/// </summary>
internal sealed class OpenedBefore(int most = OpenedBefore.Most)
{
    /// <summary>Openings at hand: at least so many, fewer than twice as many.</summary>
    private const int Most = 4096;

    private Dictionary<Guid, string> recent = [],
        before = [];

    /// <summary>The number of the case that a command has opened, if it is at hand.</summary>
    public string? NumberOf(Guid command) => recent.GetValueOrDefault(command) ?? before.GetValueOrDefault(command);

    /// <summary>A command opens a case.</summary>
    public void Add(Guid command, string number)
    {
        if (recent.Count == most)
        {
            (before, recent) = (recent, []);
        }

        recent[command] = number;
    }

    /// <summary>What was taken for its case is not.</summary>
    public void Remove(Guid command)
    {
        recent.Remove(command);
        before.Remove(command);
    }
}
