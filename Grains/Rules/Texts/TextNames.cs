namespace TownReform.Grains.Rules.Texts;

/// <summary>How refusals name the texts of commands.</summary>
internal static class TextNames
{
    public static readonly TextName Command = new("command", "命令", "the command"),
        Stamp = new("stamp", "签章（何人、何时）", "who sends it and when"),
        Actor = new("actor", "办理人", "who acts"),
        ActorId = new("actor.id", "办理人编号", "id of who acts"),
        ActorOffice = new("actor.office", "办理人所在机构", "office of who acts"),
        ActorFor = new("actor.for", "代何人办理", "on whose behalf"),
        LateReason = new("late.reason", "补录原因", "why it is entered late"),
        LatePaper = new("late.paper", "补录依据", "the paper that proves the moment"),
        Town = new("town", "镇代码", "code of the town"),
        Procedure = new("procedure", "程序代码", "code of the procedure"),
        Subject = new("subject", "事项代码或人员编号", "code of the item, or staff id"),
        Party = new("party", "当事人", "the party"),
        PartyId = new("party.id", "当事人编号", "id of the party"),
        NameOfParty = new("party.name", "当事人名称", "name of the party"),
        Act = new("act", "办理动作", "the act"),
        Fields = new("fields", "栏目", "the fields"),
        FieldName = new("fields.name", "栏目名称", "name of a field"),
        Labels = new("labels", "标签", "the labels"),
        LabelName = new("labels.name", "标签名称", "name of a label"),
        LabelValue = new("labels.value", "标签内容", "value of a label"),
        Case = new("case", "案件编号", "number of the case"),
        Circumstance = new("specialCircumstance", "特殊情况", "the special circumstance"),
        Comment = new("comment", "指导意见", "the comment"),
        ReadReason = new("reason", "阅卷理由", "why it is read"),
        Staff = new("staff", "人员编号", "staff id"),
        People = new("people", "参加考核的人员", "the people assessed"),
        Particulars = new("particulars", "录用登记内容", "the particulars"),
        Organ = new("particulars.organ", "所在机构", "the organ"),
        Roles = new("particulars.roles", "岗位", "a role"),
        Certificates = new("particulars.certificates", "资格证", "a certificate"),
        Without = new("without", "不赋权的事项类别", "kinds of items left out"),
        Key = new("key", "编号或代码", "the number or code"),
        Workplace = new("workplace", "办理机构", "the office that has it");
}
