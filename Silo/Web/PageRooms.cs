using TownReform.Silo.Identity;

namespace TownReform.Silo.Web;

/// <summary>Where whoever is signed in works: links in the head of each page, by the kind of their account.</summary>
internal static class PageRooms
{
    private static readonly PageLink Services = new("/", new("办事指南", "Services")),
        Mine = new("/my", new("我的案件", "My cases")),
        Office = new(IdentityPaths.Offices, new("我的岗位", "My office")),
        Board = new("/board", new("运行看板", "Board")),
        Audit = new("/audit", new("审计", "Audit")),
        Simulate = new("/simulate", new("模拟", "Simulate"));

    /// <summary>The links of a simulated world.</summary>
    /// <param name="path">Address of its first page.</param>
    public static IReadOnlyList<PageLink> OfWorld(string path) =>
        [
            new(path, new("模拟世界", "Simulated world")),
            new($"{path}/board", new("运行看板", "Board")),
            new($"{path}/register", new("决定公开", "Public register")),
            new($"{path}/track", new("查询进度", "Track a case")),
            new("/simulate", new("模拟运行", "Simulations")),
        ];

    /// <summary>The links of an account; none for nobody, who has the public ones.</summary>
    public static IReadOnlyList<PageLink> Of(Requester who) =>
        who.Kind switch
        {
            AccountKind.Staff or AccountKind.County => [Office, Services],
            AccountKind.Party => [Mine, Services],
            AccountKind.Leader => [Board, Services],
            AccountKind.Auditor => [Audit, Services],
            AccountKind.Operator => [Simulate, Services],
            _ => [],
        };
}
