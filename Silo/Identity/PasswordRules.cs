namespace TownReform.Silo.Identity;

/// <summary>Which passwords are taken: long ones that are not soon guessed. What they are made of is nobody's business.</summary>
internal static class PasswordRules
{
    /// <summary>Characters at least, and at most.</summary>
    public const int Shortest = 12,
        Longest = 128;

    /// <summary>Bits that a guesser has to go through at least, who knows the passwords that were lost elsewhere, words, names, dates and
    /// the rows of the keyboard.</summary>
    private const double LeastEntropy = 30;

    /// <summary>Why a password is not taken; null when it is.</summary>
    /// <param name="about">What a guesser would try first: names of the account.</param>
    public static Words? WhyNot(string password, params string[] about)
    {
        if (password.Length < Shortest)
        {
            return new($"密码至少 {Shortest} 个字符，可用一句话。", $"A password has at least {Shortest} characters; a sentence will do.");
        }

        if (password.Length > Longest)
        {
            return new($"密码最多 {Longest} 个字符。", $"A password has at most {Longest} characters.");
        }

        string[] guessed = ["townreform", "镇", .. about.Where(word => word.Length > 0)];
        return Zxcvbn.Zxcvbn.MatchPassword(password, guessed).Entropy < LeastEntropy
            ? new(
                "这个密码太容易被猜到：常见词、姓名、日期或键盘顺序。请换一句别人想不到的话。",
                "This password is soon guessed: known words, names, dates or rows of the keyboard. Take a sentence that nobody would "
                    + "think of."
            )
            : null;
    }
}
