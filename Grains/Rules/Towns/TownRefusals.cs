using System.Collections.Immutable;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Towns;

/// <summary>What a town refuses as a whole.</summary>
public static class TownRefusals
{
    public static Refusal Unknown(string town)
    {
        town = Characters.Told(town);
        return new(
            RefusalCode.TownUnknown,
            "D1",
            new Words(
                $"没有代码为 {town} 的镇的方案，未办理。请核对镇代码，或先在 seeds/towns 中加入其方案。",
                $"There is no plan of a town {town}, so nothing was done. Check the code, or add its plan to seeds/towns."
            ),
            [new Fact("town", town)]
        );
    }

    /// <summary>An effect that was put aside is another town's.</summary>
    public static Refusal EffectOfAnother(SentAgain effect, string town, IEnumerable<string> towns)
    {
        var wanted = string.Join(" | ", towns);
        return new(
            RefusalCode.ActorWrongRole,
            "I2",
            new Words(
                $"搁置的后续动作 {effect.Id} 属于 {wanted}，不能以 {town} 的名义再次投递。请以该镇的名义办理。",
                $"Effect {effect.Id} is of {wanted}, so {town} can't have it delivered again. Ask as that town."
            ),
            [new Fact("effect", $"{effect.Id}"), new Fact("town", town), new Fact("wanted", wanted)]
        );
    }

    /// <summary>An opening came to a counter that isn't its own: the same command could be taken twice.</summary>
    public static Refusal OtherCounter(string town) =>
        new(
            RefusalCode.OtherCounter,
            "I2",
            new Words(
                $"该命令不属于 {town} 的这一收件窗口，未办理。请用 OpenCaseAsync 收件，窗口由命令编号决定。",
                $"The command belongs to another counter of {town}'s intake, so nothing was done. Open cases with OpenCaseAsync: "
                    + "the counter follows from the command id."
            ),
            [new Fact("town", town)]
        );

    /// <summary>Open cases of a town whose plan the seeds no longer hold.</summary>
    public static Refusal Gone(string town, long open) =>
        new(
            RefusalCode.TownGone,
            "A3",
            new Words(
                $"种子数据中没有 {town} 的方案，而该镇尚有 {open} 件未办结案件，未启动。请把 seeds/towns/{town}.yaml 及其目录补回，待案件办结后再撤。",
                $"The seeds have no plan of {town}, which has {open} open cases, so nothing was started. Put "
                    + $"seeds/towns/{town}.yaml and its catalogues back until its cases have ended."
            ),
            [new Fact("town", town), new Fact("open", $"{open}")]
        );

    /// <summary>Open cases go by versions of procedures that the seeds don't hold.</summary>
    public static Refusal ProcedureGone(
        string town,
        IReadOnlyCollection<IGrouping<(string Procedure, int Version), OpenCaseOf>> gone,
        SeedLibrary seeds
    )
    {
        string Held(string code) =>
            seeds.AllProcedures.Where(p => p.Code == code).Select(p => $"{p.Version}") is var held && held.Any()
                ? string.Join(", ", held)
                : "–";
        var file = $"{gone.First().Key.Procedure}@{gone.First().Key.Version}.yaml";
        var zh = gone.Select(g => $"{g.Key.Procedure} 第 {g.Key.Version} 版（现有：{Held(g.Key.Procedure)}）{Cases(g).Zh}");
        var en = gone.Select(g => $"{g.Key.Procedure} version {g.Key.Version} (held: {Held(g.Key.Procedure)}), {Cases(g).En}");
        return new(
            RefusalCode.ProcedureGone,
            "A3",
            new Words(
                $"{town} 的未办结案件所依程序版本不在种子数据中：{string.Join("；", zh)}。请把该版本放回 seeds/procedures，文件名如 {file}。",
                $"Open cases of {town} go by versions of procedures that the seeds don't hold: {string.Join("; ", en)}. "
                    + $"Put that version back into seeds/procedures, as {file}."
            ),
            Facts(town, gone)
        );
    }

    /// <summary>Open cases began under the same version with other content.</summary>
    public static Refusal ProcedureChanged(string town, IReadOnlyCollection<IGrouping<(string Procedure, int Version), OpenCaseOf>> changed)
    {
        var (code, version) = changed.First().Key;
        return new(
            RefusalCode.ProcedureChanged,
            "A3",
            new Words(
                $"程序内容已变而版本未升，{town} 的未办结案件仍依原内容："
                    + $"{string.Join("；", changed.Select(g => $"{g.Key.Procedure} 第 {g.Key.Version} 版{Cases(g).Zh}"))}。请把原文件存为 "
                    + $"seeds/procedures/{code}@{version}.yaml，并把新文件的 version 改为 {version + 1}。",
                $"Procedures say something else under the same version, while open cases of {town} go by what they said: "
                    + $"{string.Join("; ", changed.Select(g => $"{g.Key.Procedure} version {g.Key.Version}, {Cases(g).En}"))}. Keep the "
                    + $"former file as seeds/procedures/{code}@{version}.yaml, and raise version in the new one to {version + 1}."
            ),
            Facts(town, changed)
        );
    }

    /// <summary>A silo has other seeds than one that serves already: each would judge the same cases by other law.</summary>
    /// <param name="files">Paths of the files that differ.</param>
    public static Refusal SeedsDiffer(string silo, IReadOnlyCollection<string> files)
    {
        var named = Files(files);
        return new(
            RefusalCode.SeedsDiffer,
            "A3",
            new Words(
                $"本节点的种子数据与正在运行的节点 {silo} 不同，未加入集群：{named.Zh}。同一集群须用同一份种子数据：请改用该节点的 seeds；如要更换种子数据，请先停止全部节点，再一并以新数据启动。",
                $"The seeds of this silo are not those of silo {silo}, which serves already, so it did not join: {named.En}. All "
                    + "silos of a cluster go by the same seeds: start with those of that silo; to change them, stop all silos first "
                    + "and start them with the new ones."
            ),
            [new Fact("silo", silo), new Fact("files", string.Join(" ", files.Take(Shown)))]
        );
    }

    /// <summary>Files as they are named in a message.</summary>
    public static Words Files(IReadOnlyCollection<string> files)
    {
        var (named, more) = (string.Join(", ", files.Take(Shown)), files.Count > Shown);
        return new Words(
            $"{files.Count} 个文件（{named}{(more ? " …" : "")}）",
            $"{(files.Count == 1 ? "1 file" : $"{files.Count} files")} ({named}{(more ? " …" : "")})"
        );
    }

    private const int Shown = 5;

    private static Words Cases(IEnumerable<OpenCaseOf> cases)
    {
        var numbers = cases.Select(c => c.Number).Order(StringComparer.Ordinal).ToArray();
        var named = string.Join(", ", numbers.Take(Shown)) + (numbers.Length > Shown ? " …" : "");
        return new Words($" {numbers.Length} 件：{named}", $"{numbers.Length} open: {named}");
    }

    private static ImmutableArray<Fact> Facts(string town, IEnumerable<IGrouping<(string Procedure, int Version), OpenCaseOf>> versions) =>
        [
            new Fact("town", town),
            .. versions.Select(g => new Fact(
                $"{g.Key.Procedure}@{g.Key.Version}",
                string.Join(" ", g.Select(c => c.Number).Order(StringComparer.Ordinal).Take(Shown))
            )),
        ];
}
