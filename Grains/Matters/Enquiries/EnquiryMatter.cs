namespace TownReform.Grains.Matters.Enquiries;

/// <summary>Enquiry (首问负责, B3): who is asked first owns the question until it is answered or taken over on record.</summary>
public sealed class EnquiryMatter : IMatter
{
    public static void Declare(MatterBuilder matter) =>
        matter
            .Rule("may-take-over", "B3", EnquiryRules.MayTakeOver)
            .Rule("duty-named", "B3", EnquiryRules.DutyNamed)
            .Label("owner", file => file.IsOpen ? file.Owner : null)
            .Simulation(EnquirySimulation.Declare)
            .Procedure(
                "enquiry",
                procedure =>
                    procedure.AlwaysTrue(
                        "B3",
                        new("未办结的咨询有且只有一名承办人", "an open enquiry has exactly one owner"),
                        file => !file.IsOpen || (file.Owner is not null && file.Officers.Length == 1)
                    )
            );
}
