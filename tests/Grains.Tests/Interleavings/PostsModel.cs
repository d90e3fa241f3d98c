namespace TownReform.Grains.Tests.Interleavings;

/// <summary>Who holds a post of which class (1 administrative, 2 institution): a dictionary and two numbers from the plan.</summary>
internal sealed class PostsModel(int administrative, int institution)
{
    private readonly Dictionary<string, int> holders = [];

    public int Held(int posts) => holders.Values.Count(held => held == posts);

    public int Decide(Draft sent) =>
        sent.Act == "release"
            ? holders.ContainsKey(sent.Target)
                ? 0
                : 4002
            : holders.ContainsKey(sent.Target)
                ? 4003
                : Held(Class(sent)) >= Cap(Class(sent))
                    ? 4001
                    : 0;

    public void Fill(string staff, int posts) => holders.Add(staff, posts);

    public bool Release(string staff) => holders.Remove(staff);

    /// <summary>D2: never over the approved number.</summary>
    public bool IsSound() => Held(1) <= administrative && Held(2) <= institution;

    public static int Class(Draft sent) => int.Parse(sent.Field("class"), System.Globalization.CultureInfo.InvariantCulture);

    private int Cap(int posts) => posts == 1 ? administrative : institution;
}
