namespace TownReform.Grains.Rules.Establishment;

/// <summary>What the rules of posts refuse (D2).</summary>
public static class EstablishmentRefusals
{
    public static Refusal Exhausted(string staff, PostClass posts, int approved, int held) =>
        new(
            RefusalCode.PostsExhausted,
            "D2",
            new Words(
                $"{Name(posts).Zh}核定 {approved} 名，现有 {held} 名，已无空编，{staff} 不予任用。请待空编，或报机构编制部门调整。",
                $"All {approved} approved {Name(posts).En} posts are held ({held}), so {staff} is not appointed. Wait for a free "
                    + "post, or ask the establishment office to change the number."
            ),
            [
                new Fact("staff", staff),
                new Fact("class", posts.ToString()),
                new Fact("approved", $"{approved}"),
                new Fact("held", $"{held}"),
            ]
        );

    public static Refusal AlreadyHeld(string staff, PostClass held) =>
        new(
            RefusalCode.PostAlreadyHeld,
            "D2",
            new Words(
                $"{staff} 已占用{Name(held).Zh}一名，一人不得占用两个编制。如需调整，请先核销原编制。",
                $"{staff} already holds one {Name(held).En} post, and nobody holds two. Release that one first."
            ),
            [new Fact("staff", staff), new Fact("class", held.ToString())]
        );

    public static Refusal NotHeld(string staff) =>
        new(
            RefusalCode.PostNotHeld,
            "D2",
            new Words(
                $"{staff} 未占用本镇编制，无可核销。请核对人员编号。",
                $"{staff} holds no post of the town, so none is released. Check the id."
            ),
            [new Fact("staff", staff)]
        );

    private static Words Name(PostClass posts) =>
        posts == PostClass.Administrative ? new("行政编制", "administrative") : new("事业编制", "institution");
}
