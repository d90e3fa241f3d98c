namespace TownReform.Grains.Rules.Plans;

/// <summary>The terms of the plans' data as they are called. A code that none of them is stays as it is.</summary>
public static class TermWords
{
    /// <summary>What a procedure can be about by its kind; in English of several.</summary>
    public static Words Kind(string kind) =>
        kind switch
        {
            ItemKinds.Permit => new("行政许可", "permits"),
            ItemKinds.Penalty => new("行政处罚", "penalties"),
            ItemKinds.Confirmation => new("行政确认", "confirmations"),
            ItemKinds.Payment => new("行政给付", "payments"),
            ItemKinds.Retained => new("县级保留事项", "items kept by the county"),
            "staff" => new("工作人员", "members of staff"),
            "power" => new("权力事项", "powers"),
            "nothing" => new("不针对具体事项或人员", "matters of no item or person"),
            _ => new(kind, kind),
        };

    /// <summary>One of the plans' seven fields (<see cref="ItemFields"/>).</summary>
    public static Words Field(string field) =>
        field switch
        {
            "industry" => new("产业发展", "industry"),
            "planning" => new("规划建设", "planning and building"),
            "town-management" => new("城镇管理", "town management"),
            "work-safety" => new("安全生产", "work safety"),
            "market" => new("市场监管", "market supervision"),
            "public-order" => new("社会治安", "public order"),
            "livelihood" => new("民生事业", "livelihood"),
            _ => new(field, field),
        };

    /// <summary>A certificate that people hold (<see cref="CertificateCodes"/>).</summary>
    public static Words Certificate(string certificate) =>
        certificate switch
        {
            "enforcement" => new("行政执法", "enforcement"),
            "approval" => new("行政审批", "approval"),
            "safety" => new("安全生产", "work safety"),
            "food" => new("食品安全", "food safety"),
            "planning" => new("规划建设", "planning"),
            "fire" => new("消防", "fire safety"),
            "environment" => new("生态环境", "environment"),
            _ => new(certificate, certificate),
        };

    /// <summary>Equipment that organs have (<see cref="EquipmentCodes"/>).</summary>
    public static Words Equipment(string equipment) =>
        equipment switch
        {
            "body-camera" => new("执法记录仪", "body camera"),
            "recorder" => new("录音设备", "recorder"),
            "vehicle" => new("车辆", "vehicle"),
            "rangefinder" => new("测距仪", "rangefinder"),
            "gas-detector" => new("气体检测仪", "gas detector"),
            "sound-meter" => new("声级计", "sound meter"),
            "food-test-kit" => new("食品快检箱", "food test kit"),
            "seal" => new("印章", "seal"),
            "printer" => new("打印机", "printer"),
            _ => new(equipment, equipment),
        };

    /// <summary>What a field of a procedure lets choose among: circumstances of a penalty (<see cref="Circumstances"/>), recommendations,
    /// opinions, sources of a case, changes of a power.</summary>
    /// <param name="field">The field's name: a power is granted otherwise than a recommendation.</param>
    public static Words Choice(string field, string value) =>
        (field, value) switch
        {
            ("change", "grant") => new("赋权", "grant"),
            (_, "minor") => new("较轻", "minor"),
            (_, "ordinary") => new("一般", "ordinary"),
            (_, "serious") => new("较重", "serious"),
            (_, "grant") => new("同意", "grant"),
            (_, "refuse") => new("不同意", "refuse"),
            (_, "agree") => new("同意", "agree"),
            (_, "return") => new("退回", "return"),
            (_, "patrol") => new("巡查", "patrol"),
            (_, "complaint") => new("投诉举报", "complaint"),
            (_, "transfer") => new("移送", "transfer"),
            (_, "inspection") => new("监督检查", "inspection"),
            (_, "suspend") => new("暂停", "suspend"),
            (_, "adjust") => new("调整", "adjust"),
            (_, "recall") => new("收回", "recall"),
            (_, "answered") => new("已答复", "answered"),
            (_, "before-delivery") => new("送达前缴清", "before the result is handed out"),
            (_, "after-delivery") => new("送达后缴纳", "after the result is handed out"),
            (_, "not-ours") => new("不属于本单位职责", "not our duty"),
            _ => PenaltyChoice(value),
        };

    // Measures, ways of delivery, grounds of mitigation and for no penalty.
    private static Words PenaltyChoice(string value) =>
        value switch
        {
            "none" => new("无", "none"),
            "stop-business" => new("责令停产停业", "stop of business"),
            "revoke-licence" => new("吊销许可证件", "licence taken"),
            "in-person" => new("直接送达", "in person"),
            "left" => new("留置送达", "left at the place"),
            "post" => new("邮寄送达", "by post"),
            "aged-14-to-18" => new("已满十四周岁不满十八周岁", "aged 14 to 18"),
            "harm-removed" => new("主动消除或者减轻危害后果", "harm removed or lessened"),
            "coerced" => new("受他人胁迫或者诱骗", "coerced or deceived by others"),
            "confessed" => new("主动供述尚未掌握的违法行为", "confessed what was not known"),
            "assisted" => new("配合查处有立功表现", "helped the investigation"),
            "other-law" => new("法律、法规、规章规定的其他情形", "another ground of law"),
            "slight-put-right" => new("轻微并及时改正，没有造成危害后果", "slight, put right in time, no harm"),
            "first-slight-put-right" => new("初次违法且危害后果轻微并及时改正", "first, slight and put right in time"),
            "no-fault" => new("有证据证明没有主观过错", "no fault, as proved"),
            "under-14" => new("不满十四周岁", "under 14"),
            "no-capacity" => new("不能辨认或者不能控制自己行为", "no control over the act"),
            "time-barred" => new("超过追责时效", "limitation passed"),
            "not-established" => new("违法事实不能成立", "facts not established"),
            _ => new(value, value),
        };

    /// <summary>Public holidays by the name that the calendar gives them; several with 、 between them.</summary>
    public static Words Festival(string name) => new(name, string.Join(", ", name.Split('、').Select(OneFestival)));

    private static string OneFestival(string name) =>
        name switch
        {
            "元旦" => "New Year",
            "春节" => "Spring Festival",
            "清明节" => "Qingming",
            "劳动节" => "Labour Day",
            "端午节" => "Dragon Boat Festival",
            "中秋节" => "Mid-Autumn Festival",
            "国庆节" => "National Day",
            _ => name,
        };
}
