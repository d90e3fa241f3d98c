namespace TownReform.Silo.Api.Streams;

/// <summary>How many streams are open: of one account, and on this silo.</summary>
internal sealed class StreamPlaces
{
    public const int OfAccount = 4,
        OfSilo = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private int all;

    /// <summary>Takes a place; whoever got one gives it back.</summary>
    /// <param name="account">The account, or the address of whoever hasn't signed in.</param>
    public bool TryTake(string account)
    {
        lock (gate)
        {
            var own = open.GetValueOrDefault(account);
            if (own >= OfAccount || all >= OfSilo)
            {
                return false;
            }

            open[account] = own + 1;
            all++;
            return true;
        }
    }

    public void GiveBack(string account)
    {
        lock (gate)
        {
            all--;
            if (open[account] == 1)
            {
                open.Remove(account);
            }
            else
            {
                open[account]--;
            }
        }
    }
}
