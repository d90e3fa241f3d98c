namespace TownReform.Silo.Identity;

/// <summary>What is said to somebody whose account has no such part in the towns.</summary>
internal static class IdentityRefusals
{
    /// <summary>No office of the towns or above them: a citizen, a leader, an auditor, an operator, or nobody who has signed in.</summary>
    public static Refusal NoOffice(string office) =>
        new(
            RefusalCode.OfficeNotHeld,
            "I2",
            new(
                $"本账户不在机构“{office}”任职，不能以其名义办理。请用在该机构任职的账户登录。",
                $"This account holds no office at '{office}', so it can't act for it. Sign in with an account of somebody who does."
            ),
            [new Fact("office", office)]
        );

    public static Refusal NoParty(string party) =>
        new(
            RefusalCode.ActorWrongRole,
            "I2",
            new(
                $"本账户不是当事人账户，不能代“{party}”申请或办理。请用当事人或代理人的账户登录。",
                $"This account isn't a party's, so it can't apply or act for '{party}'. Sign in as the party or as who acts for it."
            ),
            [new Fact("party", party)]
        );

    public static Refusal OutsideScope(KeyScopes wanted) =>
        new(
            RefusalCode.NotForClients,
            "I2",
            new(
                $"此密钥的范围不含“{wanted}”。请使用范围足够的密钥。",
                $"This key's scopes don't hold {wanted}. Use a key whose scopes do."
            ),
            [new Fact("scope", $"{wanted}")]
        );

    /// <summary>Somebody whose office gives them no part in a case reads its file only for a stated reason, which is kept.</summary>
    public static Refusal ReasonMissing() =>
        new(
            RefusalCode.FieldMissing,
            "I2",
            new(
                $"调阅案卷须写明事由（{ReadNotes.FewestOfAReason} 至 {ReadNotes.MostOfAReason} 字），"
                    + "留痕备查：请在地址中加 ?reason=事由，或在调阅页面填写。",
                $"Say what the file is read for, in {ReadNotes.FewestOfAReason} to {ReadNotes.MostOfAReason} characters; it is kept. "
                    + "Add ?reason=… to the address, or fill in the form of the audit page."
            ),
            [new Fact("field", "reason")]
        );
}
