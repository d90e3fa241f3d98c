namespace TownReform;

/// <summary>Type of the value of a field, as its procedure declares it; values travel as text (<see cref="Field"/>).</summary>
public enum FieldType
{
    Text = 1,
    List = 2,
    Date = 3,
    Money = 4,
    Number = 5,
    Flag = 6,
    Staff = 7,
    Choice = 8,
    Limit = 9,

    /// <summary>The code of an organ of the town or of a department above it.</summary>
    Body = 10,

    /// <summary>Papers that were handed in (<see cref="Paper"/>), each by its hash, size, kind and name.</summary>
    Papers = 11,
}
