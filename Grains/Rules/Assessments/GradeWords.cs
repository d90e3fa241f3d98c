namespace TownReform.Grains.Rules.Assessments;

/// <summary>Grades as they are called: the words follow the group (E7).</summary>
public static class GradeWords
{
    public static Words Of(PostClass group, Grade grade) =>
        (group, grade) switch
        {
            (_, Grade.Excellent) => new("优秀", "excellent"),
            (PostClass.Administrative, Grade.Competent) => new("称职", "competent"),
            (PostClass.Administrative, Grade.BasicallyCompetent) => new("基本称职", "basically competent"),
            (PostClass.Administrative, Grade.NotCompetent) => new("不称职", "not competent"),
            (PostClass.Institution, Grade.Competent) => new("合格", "qualified"),
            (PostClass.Institution, Grade.BasicallyCompetent) => new("基本合格", "basically qualified"),
            (PostClass.Institution, Grade.NotCompetent) => new("不合格", "not qualified"),
            _ => throw new ArgumentOutOfRangeException(nameof(grade), (group, grade), "Unknown group or grade."),
        };

    public static Words Of(PostClass group) =>
        group == PostClass.Administrative ? new("公务员", "civil servants") : new("事业单位工作人员", "institution staff");

    /// <summary>Reads a grade in either language; refused when the word is the other group's, or nobody's.</summary>
    public static Refusal? Read(PostClass group, string word, out Grade grade)
    {
        foreach (var one in Enum.GetValues<Grade>())
        {
            var words = Of(group, one);
            if (word == words.Zh || word == words.En)
            {
                grade = one;
                return null;
            }
        }

        grade = default;
        return AssessmentRefusals.OtherGroup(group, word);
    }
}
