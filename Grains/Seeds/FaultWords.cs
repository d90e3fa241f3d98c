using System.Text.RegularExpressions;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Faults of seeds and scenarios in Chinese. Loaders say in English what they expected; each phrase of theirs has its Chinese
/// here, with its parts in their places.</summary>
public static partial class FaultWords
{
    /// <summary>What is expected of a file that the YAML parser can't read.</summary>
    internal const string WellFormed = "well-formed YAML";

    /// <summary>What was expected and what was found, in both languages.</summary>
    public static Words Of(SeedFault fault)
    {
        var place = fault.Line > 0 ? $"{fault.File}:{fault.Line}" : fault.File;
        // What the YAML parser says it says in English; place and expectation are enough to find it.
        var found = fault.Found is null || fault.Expected == WellFormed ? "" : $"，现为{Found(fault.Found)}";
        var zh = $"{place}：{fault.Field}：应为{Chinese(fault.Expected) ?? $" {fault.Expected}"}{found}";
        return new(zh, fault.ToString());
    }

    /// <summary>As <see cref="Of"/>, for who looks at the place: the line is told where there are several.</summary>
    public static Words Within(SeedFault fault)
    {
        var found = fault.Found is null || fault.Expected == WellFormed ? "" : $"，现为{Found(fault.Found)}";
        var (zhLine, enLine) = fault.Line > 1 ? ($"第 {fault.Line} 行：", $"Line {fault.Line}: ") : ("", "");
        return new(
            $"{zhLine}应为{Chinese(fault.Expected) ?? $" {fault.Expected}"}{found}。",
            $"{enLine}expected {fault.Expected}{(fault.Found is null ? "" : $", found {fault.Found}")}."
        );
    }

    /// <summary>An expectation in Chinese; null when there is no phrase for it.</summary>
    public static string? Chinese(string expected)
    {
        foreach (var (pattern, zh) in Phrases)
        {
            if (pattern.Match(expected) is { Success: true } match)
            {
                return match.Groups.Count == 1
                    ? zh
                    : Part()
                        .Replace(
                            zh,
                            part =>
                                match.Groups[int.Parse(part.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + 1].Value
                        );
            }
        }

        return null;
    }

    private static string Found(string found) =>
        found switch
        {
            "nothing" => "空",
            "none" => "没有",
            "a list" => "列表",
            "a mapping" => "映射",
            _ when found.EndsWith(" times", StringComparison.Ordinal) => $" {found[..^" times".Length]} 次",
            _ when found.StartsWith("byte 0x00", StringComparison.Ordinal) => "字节 0x00（可能是 UTF-16 文本）",
            _ when found.StartsWith("byte 0x", StringComparison.Ordinal) =>
                $"字节 {found["byte ".Length..found.IndexOf(',')]}，不是 UTF-8（可能是 GBK）",
            "UTF-16 text" => " UTF-16 文本",
            _ => $" {found}",
        };

    // The first that fits is taken, so what is narrower stands before what is wider.
    private static readonly (Regex Pattern, string Zh)[] Phrases =
    [
        .. new (string En, string Zh)[]
        {
            ("a version below that of procedures/{0}.yaml, {1}", "低于 procedures/{0}.yaml 的版本 {1}"),
            (
                "the field '{0}' of type {1}, needed by then on every way, which {2} reads",
                "类型为 {1} 的栏目“{0}”，此前各路径均已填写（{2} 须读取）"
            ),
            ("the field '{0}' of type {1}, which {2} reads", "类型为 {1} 的栏目“{0}”（{2} 须读取）"),
            ("the field '{0}' in procedure {1}, which {2} reads", "程序 {1} 有栏目“{0}”（{2} 须读取）"),
            ("a duty of an organ of {0} that has people", " {0} 有人员的机构所承担的职责"),
            ("the procedure '{0}', of which it opens cases", "程序“{0}”（由此开立案件）"),
            ("a procedure about items, since {0} reads the item", "以事项为对象的程序（{0} 须读取事项）"),
            ("a procedure about staff alone, since {0} reads the person", "只以人员为对象的程序（{0} 须读取人员）"),
            ("a step with a limit, which {0} reads", "有期限的环节（{0} 须读取期限）"),
            ("cases a year, a number from {0} to {1}", "每年件数，{0} 至 {1} 的数"),
            ("a factor on minutes, a number from {0} to {1}", "用时倍数，{0} 至 {1} 的数"),
            ("a share, a number from {0} to {1}", "比例，{0} 至 {1} 的数"),
            ("a relative weight, a number from {0} to {1}", "相对权重，{0} 至 {1} 的数"),
            ("minutes, a number from {0} to {1}", "分钟数，{0} 至 {1} 的数"),
            ("days, a number from {0} to {1}", "天数，{0} 至 {1} 的数"),
            ("months, a number from {0} to {1}", "月数，{0} 至 {1} 的数"),
            ("requests a year for each town, a number from {0} to {1}", "每镇每年的申请数，{0} 至 {1} 的数"),
            ("a standard deviation of the logarithm, a number from {0} to {1}", "对数的标准差，{0} 至 {1} 的数"),
            ("working days of one leave, a whole number from {0} to {1}", "一次休假的工作日数，{0} 至 {1} 的整数"),
            ("calendar days, a whole number from {0} to {1}", "自然日数，{0} 至 {1} 的整数"),
            ("a factor, a number from {0} to {1}", "倍数，{0} 至 {1} 的数"),
            ("a change such as -2 or +1, or a number of people", "增减人数（如 -2、+1）或者人数"),
            ("the name of a scenario, or a path that ends in .yaml", "情景名称，或以 .yaml 结尾的路径"),
            ("the name of a scenario in seeds/scenarios", " seeds/scenarios 中情景的名称"),
            ("a scenario that isn't built on this one", "不以本情景为基础的情景"),
            ("at most {0} scenarios, each built on the next", "最多 {0} 层情景"),
            ("a CSV file of seeds/scenarios, since the scenario is one of them", " seeds/scenarios 中的 CSV 文件：该情景在其中"),
            ("another key: what a scenario extends is read before it is changed", "其他键：extends 在改动之前读取"),
            ("a CSV file", " CSV 文件"),
            ("one of the offices {0}", "以下机构之一：{0}"),
            ("one of the roles that people have there, {0}", "该机构现有的岗位之一：{0}"),
            ("at least -{0}, since {1} people are '{2}' there", "至多减 {0} 人：该机构“{2}”岗位现有 {1} 人"),
            ("{0} people as '{1}' at {2}, for the step {3} of {4}", " {2} 有“{1}”岗位 {0} 人（{4} 的环节 {3} 需要）"),
            ("a procedure, or a list of routes", "程序，或者路径列表"),
            ("a number above 0, at most 1000", "大于 0、不超过 1000 的数"),
            ("none or one of the acts {0}", " none 或以下办理动作之一：{0}"),
            ("an hour from 0 to 23", " 0 至 23 的小时"),
            ("some weight within the office hours", "办公时间内至少一个时段有权重"),
            ("some weight at some hour", "至少一个时段有权重"),
            ("the field '{0}', without which the act is refused", "有字段“{0}”，缺之该办理动作必被拒绝"),
            ("yuan, with at most two decimals", "金额（元），最多两位小数"),
            ("a whole number", "整数"),
            ("UTF-8 text (in a spreadsheet: save as \"CSV UTF-8\")", " UTF-8 文本（电子表格请另存为“CSV UTF-8”）"),
            ("the file to exist", "有此文件"),
            ("one YAML document", "一个 YAML 文档"),
            (WellFormed, "格式正确的 YAML"),
            ("well-formed quotes", "配对的引号"),
            ("{0} cells", " {0} 个单元格"),
            ("the column to be present", "有此栏"),
            ("the column once", "此栏只出现一次"),
            ("one of the columns {0}", "以下栏目之一：{0}"),
            ("the key to be present", "有此键"),
            ("one of the keys {0}", "以下键之一：{0}"),
            ("a mapping of {0}", "含 {0} 的映射"),
            ("a mapping", "映射"),
            ("a list", "列表"),
            ("at least {0} entries", "至少 {0} 项"),
            ("at most {0} entries", "最多 {0} 项"),
            ("at most {0} people on {1} posts (D2)", "{1} 编制上最多 {0} 人（D2）"),
            ("text", "文字"),
            ("a code of lower-case words joined by '-'", "小写单词以“-”相连的代码"),
            ("a name in lower case", "小写名称"),
            ("a limit such as 5wd (working days) or 90cd (calendar days)", "期限，如 5wd（工作日）或 90cd（自然日）"),
            ("true or false", " true 或 false"),
            ("a date as yyyy-MM-dd", "日期，格式 yyyy-MM-dd"),
            ("a fraction from 0 to 1", " 0 至 1 的小数"),
            ("a whole number, at least {0}", "不小于 {0} 的整数"),
            ("a number", "数字"),
            ("yuan, not below zero", "金额（元），不小于零"),
            ("a way that leads here from the start", "从起点可到达此处"),
            ("a way that leads from here to an end", "从此处可到达终点"),
            ("a number, or none where the law then has no such rule", "数字；当时法律无此规定则为 none"),
            (
                "a text in force on the calendar's first day, {0}, so that no day is without law",
                "工作日历首日 {0} 已施行的文本，以免有日无法可依"
            ),
            (
                "a version from {0}, when the first text begins (value: none where it had no such rule): else there is a gap",
                "自首个文本施行日 {0} 起的版本（当时无此规定则 value: none），否则有空档"
            ),
            ("no day before {0}, when the first text begins", "不早于首个文本施行日 {0} 的日期"),
            ("a version from {0}, since the text of that day numbers its articles anew", "自 {0} 起的版本：该日文本条文重新编号"),
            ("a value in one of its versions: a rule that never was needs no name", "至少一个版本有数值：从未有过的规定无须列名"),
            ("no unit where the value is none", "空：value 为 none 时不写单位"),
            ("a number: the rules can't do without this figure", "数字：规则不能没有此数值"),
            ("the unit of the value", "数值的单位"),
            ("what its rules reckon with: {0}", "规则所用的单位：{0}"),
            ("yuan with at most two decimals", "金额（元），最多两位小数"),
            ("1 where the law has such a rule, else none", " 1（有此规定）或 none（无）"),
            ("a whole number of seconds from 1 to 604800", "1 至 604800 的整秒数"),
            ("a whole number from 1 to 9999", " 1 至 9999 的整数"),
            ("a day after {0}: two versions overlap", "晚于 {0} 的日期：两个版本重叠"),
            ("a day after {0}: versions stand in the order of their days", "晚于 {0} 的日期：各版本按日期先后排列"),
            ("a day after {0}: two versions of {1} overlap", "晚于 {0} 的日期：{1} 的两个版本重叠"),
            ("a day after {0}: the versions of {1} stand in the order of their days", "晚于 {0} 的日期：{1} 的各版本按日期先后排列"),
            (
                "a version that follows (value: none where the rule ends): else there is a gap",
                "其后的版本（规定终止则 value: none），否则有空档"
            ),
            ("{0}, the day before the next version: else there is a gap", "下一版本的前一日 {0}，否则有空档"),
            ("{0}, the day before the next version: else there is an overlap", "下一版本的前一日 {0}，否则重叠"),
            (
                "a rule, a procedure or an item that reads this figure; take it out until one does",
                "有规则、程序或事项用到此数值；在此之前请先删去"
            ),
            ("a figure of seeds/law; '{0}' is none", " seeds/law 中的数值（没有“{0}”）"),
            ("own:{0}, since it is the town's own rule", " own:{0}：这是镇自定的规则"),
            ("law:{0}, since it is a figure of statute", " law:{0}：这是法律的数值"),
            ("a figure in {0}; '{1}' is in {2}", "单位为 {0} 的数值（“{1}”的单位为 {2}）"),
            ("a further figure after |, since the law of {0} has no {1}", "在 | 之后再列一个数值：{0} 的法律没有 {1}"),
            ("a figure of seeds/law by name, such as {0}", " seeds/law 中数值的名称，如 {0}"),
            ("0, 1, or the figure that asks for more, such as {0}", " 0、1，或要求更多人的数值，如 {0}"),
            ("a file of seeds/law", " seeds/law 中的文件"),
            ("the figure that lengthens the limit, together with clock: extend", "延长期限的数值，与 clock: extend 同时写"),
            (
                "field '{0}' among needs or takes, since several may have to do this step",
                " needs 或 takes 中有“{0}”栏：本环节可能须多人办理"
            ),
            ("an item of the town's catalogue", "本镇目录中的事项"),
            ("something that changes on that day", "当日有变化的内容"),
            ("a limit no shorter than the promised {0} (B5)", "不短于承诺期限 {0} 的期限（B5）"),
            (
                "0.00, since only permits that the town decides have a procedure that collects a fee (C5)",
                " 0.00：只有镇办理的行政许可有收费程序（C5）"
            ),
            ("a declared field of type text, among needs", " needs 中已声明的文本（text）栏目"),
            ("a procedure about items, decided by the town", "镇办理的、以事项为对象的程序"),
            ("the field '{0}' of type {1}, since it charges a fee", "类型为 {1} 的栏目“{0}”：本程序收费"),
            ("yuan, not below zero, with its basis behind {0}", "金额（元），不小于零；依据写在 {0}"),
            ("at most {0} yuan, or the law or regulation that sets it behind ':' ({1})", "最多 {0} 元，或在“:”后写明收费依据（{1}）"),
            ("a name that no other law file has", "其他法规文件没有的名称"),
            ("the unit that the name ends with", "与名称结尾一致的单位"),
            ("the figure in one of the law files", "某一法规文件中有此数值"),
            ("a code that begins with the town's own letters, {0}", "以本镇字头 {0} 开头的代码"),
            ("a code that no other row has", "其他行没有的代码"),
            ("a code that no other item of the town has", "本镇其他事项没有的代码"),
            ("a code that no department above the town has", "上级部门没有的代码"),
            ("a code that no other entry has", "其他条目没有的代码"),
            ("a code that no step has", "任何环节都没有的代码"),
            ("a limit no longer than the statutory {0} (B5)", "不长于法定期限 {0} 的期限（B5）"),
            ("as many papers as in Chinese ({0})", "与中文材料数目（{0}）相同"),
            ("the papers that an applicant brings", "申请人应提交的材料"),
            ("a code of county_departments in towns/{0}.yaml", " towns/{0}.yaml 中 county_departments 的代码"),
            ("a code of organs in towns/{0}.yaml", " towns/{0}.yaml 中 organs 的代码"),
            ("a row of the provincial guidance catalogue of kind {0} (A8)", "省指导目录中类别为 {0} 的一行（A8）"),
            ("the plan's {0} (A1)", "方案所列的 {0}（A1）"),
            ("the sum of the kinds, {0} (A1)", "各类之和 {0}（A1）"),
            ("nothing, since only penalties have bands", "空：只有处罚事项才有裁量幅度"),
            ("each band to begin no lower than the one before it ends (C4)", "各档起点不低于前一档终点（C4）"),
            ("each band within the statute's own range behind @ (C4)", "各档在 @ 后所写的法定幅度之内（C4）"),
            ("minor:from-to@{0}", "各档的名称、起止金额和 @ 后的法定幅度（如 minor:0-0@0-500;ordinary:0-100@0-500）"),
            ("certificate:people, each once, of {0} (A5)", "“资格证：人数”，各一次，取自 {0}（A5）"),
            ("codes of {0} (A5)", "以下代码：{0}（A5）"),
            ("letters that {0} doesn't have", "与 {0} 不同的字母"),
            ("a day from {0} to {1}, as the calendar has", "工作日历之内的日期（{0} 至 {1}）"),
            ("a day not before {0}", "不早于 {0} 的日期"),
            ("a day not after the plan's {0}", "不晚于方案日期 {0} 的日期"),
            ("a day of the run, {0} to {1}", "运行期间的日期（{0} 至 {1}）"),
            ("at least one town", "至少一个镇"),
            ("the file's name {0}", "文件名 {0}"),
            ("{0}, the name of the file", "文件名 {0}"),
            ("an IANA time zone that this system knows", "本系统认识的 IANA 时区"),
            ("{0} of class {1}, as the plan says (D1)", "方案所定的 {1} 类 {0} 个（D1）"),
            ("an entry that carries the duty '{0}'", "有条目承担职责“{0}”"),
            ("one department that carries the duty '{0}' in counties/{1}.yaml", "counties/{1}.yaml 中恰有一个部门承担职责“{0}”"),
            ("each duty to be carried once", "每项职责只由一个条目承担"),
            ("administrative, since civil servants hold administrative posts", " administrative：公务员占行政编制"),
            ("no more than the organ's {0} people", "不超过本机构的 {0} 人"),
            ("numbers that no other group has", "其他组没有的编号"),
            ("a code of {0}", " {0} 中的代码"),
            ("a declared field of type date", "已声明的日期（date）栏目"),
            ("a declared field of type staff", "已声明的人员（staff）栏目"),
            ("a declared field of type staff or body", "已声明的人员（staff）或者单位（body）栏目"),
            ("a declared field, or a label that the code has", "已声明的栏目，或者程序代码中已有的标签"),
            ("a declared field", "已声明的栏目"),
            ("the version in the file's name, {0}", "文件名中的版本 {0}"),
            ("a step", "程序中的环节"),
            ("a step or an end", "程序中的环节或者办结方式"),
            ("an act of this step", "本环节的办理动作"),
            ("this step itself, where the case stays", "本环节自身（案件停留在本环节）"),
            ("an act that decides nothing and needs no fields", "不作决定、无须填写字段的办理动作"),
            ("an act of {0}, or open", "程序 {0} 的办理动作，或者 open"),
            ("a procedure of seeds/procedures", " seeds/procedures 中的程序"),
            ("a place that documents have, or a field of an issuing procedure", "文书可用的占位名，或者所涉程序的栏目"),
            ("a field of an issuing procedure", "所涉程序的栏目"),
            ("a limit or limit_field that can pass", "可以届满的 limit 或者 limit_field"),
            ("an effect that the code has", "程序代码中已有的效果"),
            ("a rule that the code has", "程序代码中已有的规则"),
            ("a value of the choice", "该选项栏目的取值"),
            ("the values of the choice", "该选项栏目的各取值"),
            ("no values, since only a choice has them", "不列取值：只有选项（choice）栏目才有"),
            ("a role of the towns' staff, or public, county, system, staff", "各镇人员的角色，或者 public、county、system、staff"),
            ("the role that does it, since the place is nobody's own", "承办的角色（role）：该地点不属于某一个人"),
            ("the town's own people, since one of them owns the case", "本镇工作人员：案件由其中一人承办"),
            ("kinds of one subject: of items, or staff, or power", "同一类办理对象：事项、人员、权力只能取其一"),
            ("a procedure about items", "办理对象为事项的程序"),
            ("a procedure about staff", "办理对象为人员的程序"),
            (
                "a text in force on the calendar's first day, {0}, so that no day is without law",
                "工作日历首日 {0} 有效的法律文本，以免某日无法可依"
            ),
            ("a version from {0}, since the text of that day numbers its articles anew", "自 {0} 起的版本：当日文本的条文已重新编号"),
            ("a value in one of its versions: a rule that never was needs no name", "至少一个版本有数值：从未有过的规定不必命名"),
            ("no unit where the value is none", "数值为 none 时不写单位"),
            ("a number: the rules can't do without this figure", "数字：规则缺此数值不可"),
            ("the unit of the value", "数值的单位"),
            ("a day after {0}: two versions overlap", " {0} 之后的日期：两个版本重叠"),
            ("a day after {0}: versions stand in the order of their days", " {0} 之后的日期：版本按日期先后排列"),
            (
                "a version that follows (value: none where the rule ends): else there is a gap",
                "其后的版本（规定终止的写 value: none），否则有空档"
            ),
            (
                "a rule, a procedure or an item that reads this figure; take it out until one does",
                "有规则、程序或事项引用此数值；无引用的请先删去"
            ),
            ("one that no other entry has", "其他条目没有的值"),
            ("each department once", "每个部门只出现一次"),
            ("the name of a sound file in counties", " counties 中无误文件的名称"),
            ("at least one person in people whose office it is", " people 中至少一名属于本部门的人员"),
            ("the fixed year", "基期年份"),
            ("no year, since the base is last year", "空：以上年为基数"),
            ("each clause once", "每条只出现一次"),
            ("codes of seeds/procedures", "seeds/procedures 中的程序代码"),
            ("each day once", "每日只出现一次"),
            ("each item once", "每个事项只出现一次"),
            ("the days of {0}", " {0} 的放假日"),
            ("one of {0}, or a path that ends in .yaml", "以下之一：{0}，或以 .yaml 结尾的路径"),
            ("an item of {0}'s catalogues", " {0} 目录中的事项"),
            ("an item of {0}", " {0} 的事项"),
            ("a span such as 08:30-12:00 that ends after it begins", "时段，如 08:30-12:00，止晚于起"),
            ("a span that begins at {0} or later", "不早于 {0} 开始的时段"),
            ("some demand from Monday to Friday", "周一至周五有案件"),
            ("one of the towns {0}", "以下镇之一：{0}"),
            ("a last route without share and conditions, for everybody who is left", "最后一条路径不带比例和条件，供其余各件使用"),
            ("a procedure that takes {0}", "适用于 {0} 的程序"),
            ("a department that {0}'s plan knows", " {0} 方案中的部门"),
            ("a town of the scenario", "情景中的镇"),
            ("{0} of at most 1 together", " {0} 合计不超过 1"),
            ("one of the procedures {0}", "以下程序之一：{0}"),
            ("choices for step '{0}', which no limit ends", "环节“{0}”的选择（该环节没有期限使其结束）"),
            ("minutes of '{0}', which a procedure names", "程序所列工作“{0}”的分钟数"),
            ("a work that a procedure names", "程序所列的工作"),
            ("open or one of the steps {0}", " open 或以下环节之一：{0}"),
            ("one choice, without share and conditions", "一个选择，不带比例和条件"),
            (
                "a last choice without share, conditions and once, so that no case stays there for ever",
                "最后一个选择不带比例、条件和 once，以免案件永远停留"
            ),
            ("an act, as no limit ends this step", "办理动作（该环节没有期限使其结束）"),
            ("field=value, or one of {0}", "“栏目=值”，或以下之一：{0}"),
            ("no fields", "没有栏目"),
            ("one of the fields {0}", "以下栏目之一：{0}"),
            ("one of {0}", "以下之一：{0}"),
        }.Select(phrase =>
            (
                new Regex(
                    $"^{Part().Replace(Regex.Escape(phrase.En).Replace("}", "\\}", StringComparison.Ordinal), "(.*)")}$",
                    RegexOptions.CultureInvariant
                ),
                phrase.Zh
            )
        ),
    ];

    [GeneratedRegex(@"\\?\{(\d)\\?\}")]
    private static partial Regex Part();
}
