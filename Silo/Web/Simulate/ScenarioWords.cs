using System.Collections.Frozen;

namespace TownReform.Silo.Web.Simulate;

/// <summary>What the schema of scenarios says of each key, in Chinese beside its English.</summary>
internal static class ScenarioWords
{
    private static readonly FrozenDictionary<string, string> Chinese = new Dictionary<string, string>
    {
        ["What people read."] = "名称",
        ["In Chinese."] = "中文",
        ["In English."] = "英文",
        ["First day."] = "起始日",
        ["Last day, included."] = "截止日（含当日）",
        ["Day on which a demo world opens that is filled by it; all days move along when it opens on another."] =
            "以此填充的演示世界的开放日；改日开放则各日期随之移动",
        ["For so many days before a demo world opens, one case at each step of each town is left lying."] =
            "演示世界开放前若干日内，各镇每个环节搁置一件",
        ["Spans of the office day, in order."] = "办公时段（依次）",
        ["Demand file by town, beside the file that names it or by its path."] = "各镇的案件量文件（与写明它的文件同一文件夹，或写路径）",
        [
            "Other numbers of people than the plans have, by town, office (an organ, or a department of the county) and role: -2 or "
                + "+1 from what there is, or a number."
        ] = "与方案不同的人数，按镇、机构（镇机构或者县级部门）、岗位：-2、+1 为增减，不带符号为人数",
        ["Share of cases that are to be decided on time, by which the verdict on a town goes. 0.95 where absent."] =
            "应按时办结的比例，据以判断各镇接不接得住（未写为 0.95）",
        ["Days with more or fewer cases than usual; factors multiply."] = "案件多于或者少于平常的日期（倍数相乘）",
        ["Days on which counters are closed: nobody comes in person, work on what is there goes on."] =
            "窗口关闭的日期：无人到场，已收的照常办理",
        ["Items by town that the county keeps at the founding; adjustments may grant them on a day."] =
            "设立时仍留在县级的事项（按镇）；可由权限调整在某日赋予",
        ["Factor on all yearly case numbers."] = "全年案件量倍数",
        ["Factor on the speed of all work."] = "办理速度倍数",
        ["Relative demand, Monday to Sunday; only working days have any."] = "周一至周日的相对案件量（非工作日没有）",
        ["Relative demand by hour; 1 where absent."] = "各小时的相对案件量（未列为 1）",
        [
            "Relative weight by hour, round the clock, of what parties do without coming to a counter (by phone, at a bank, "
                + "online); 1 where absent."
        ] = "当事人不到窗口办理（电话、银行、网上）的各小时相对权重，全天（未列为 1）",
        [
            "Procedures by kind of item: one, or several with shares. A kind of which each goes to the county is the county's from "
                + "the founding."
        ] = "各类事项的办理程序：一个，或者按比例的几个；全部走县级的，该类自设立起留在县级",
        ["Minutes by name of work."] = "各项工作的分钟数",
        ["How parties and offences differ."] = "当事人和违法行为的差异",
        ["Share of applicants whose papers are incomplete at first."] = "首次材料不齐的申请人比例",
        ["Share of cases in the green channel, where the plan has one."] = "绿色通道案件比例（方案设有时）",
        ["Share of applicants for whom somebody acts."] = "委托代理人的申请人比例",
        ["Share of offences that did harm."] = "造成危害后果的违法行为比例",
        ["Share of offences found minor."] = "认定轻微的违法行为比例",
        ["Share of offences found serious."] = "认定严重的违法行为比例",
        ["Share of offences older than the limitation allows."] = "超过追责时效的违法行为比例",
        ["Share of offences that come by complaint."] = "由投诉举报发现的违法行为比例",
        ["Choices by procedure and step; open for the opening."] = "按程序和环节的选择（open 为开立）",
        ["Leave of the staff."] = "人员休假",
        ["Working days of one leave."] = "一次休假的工作日数",
        ["Share of the entitlement that is taken."] = "实际休假占应休的比例",
        ["Enquiries (B3)."] = "咨询（B3）",
        ["Enquiries a year in each town."] = "每镇每年咨询数",
        ["Duty of the organ that is asked."] = "被咨询机构的职责",
        ["What is asked."] = "咨询内容",
        ["County departments and filing copies (B2)."] = "县级部门与备案件（B2）",
        ["Days until a filing copy is answered."] = "备案件的答复天数",
        ["Median, in days."] = "中位数（天）",
        ["Median, in months."] = "中位数（月）",
        ["Standard deviation of the logarithm; 0 for a fixed quantity."] = "对数的标准差（0 为定值）",
        ["Share that first try to refuse."] = "先行拒绝的比例",
        ["Share that first demand a seal of their own."] = "先要求加盖本部门印章的比例",
        ["Changes of powers ordered in the run."] = "运行期间的权限调整",
        ["Requests to second people away."] = "借调申请",
        ["Requests a year for each town."] = "每镇每年的申请数",
        ["Months asked for."] = "申请的月数",
        ["Share of those over the rule that give a reason."] = "超过规定期限而说明理由的比例",
        ["Departments that ask."] = "提出申请的部门",
        ["The yearly assessment (E7)."] = "年度考核（E7）",
        ["Day of marking."] = "评定日",
        ["Share proposed as excellent."] = "拟定优秀的比例",
        ["Share found basically competent."] = "基本称职的比例",
        ["Share found not competent."] = "不称职的比例",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A key's description, as a label is written: without the full stop.</summary>
    /// <param name="about">As in the schema.</param>
    /// <exception cref="KeyNotFoundException">It has no Chinese yet.</exception>
    public static Words Of(string about) => new(Chinese[about], about.TrimEnd('.'));
}
