using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary><c>staff show</c>: somebody's post, certificates, service and absences.</summary>
internal static class StaffShowCommand
{
    public static Command Build(Shell shell)
    {
        var (staff, town) = (shell.Staff(), shell.Town());
        var command = shell
            .Command(
                "show",
                new("查看人员的岗位、资格、服务与缺勤", "show somebody's post, certificates, service and absences"),
                "staff show YD-029 --town yandian"
            )
            .With(town)
            .Does(
                shell,
                async call =>
                {
                    var plan = call.Town(town);
                    var person = Plans.Person(plan, call.Of(staff));
                    await using var live = await call.ConnectAsync();
                    var facts = await live.Staff(plan.Code, person.Id).ReadAsync();
                    return call.Screen.Answer(facts, ConsoleJson.Own.StaffFacts, shown => Draw(call.Screen, plan, shown));
                }
            );
        command.Arguments.Add(staff);
        return command;
    }

    internal static void Draw(Screen screen, TownPlan plan, StaffFacts person)
    {
        var lang = screen.Lang;
        var organ = plan.Organs.FirstOrDefault(o => o.Code == person.Organ)?.Name.In(lang) ?? person.Organ;
        screen.Say($"{person.Id}  {organ}  {Wording.Of(person.Class, lang)}");
        screen.Say(
            new Words(
                $"职责 {(person.Roles.IsEmpty ? Figure.Unknown : RoleWords.Of(string.Join(" | ", person.Roles)).Zh)}",
                $"roles {string.Join(", ", person.Roles)}"
            )
        );
        screen.Say(new Words($"在镇服务自 {person.Since:O}", $"in the town since {person.Since:O}"));
        if (person.AgreementUntil is { } agreement)
        {
            screen.Say(new Words($"服务期至 {agreement:O}", $"service agreement until {agreement:O}"));
        }

        foreach (var certificate in person.Certificates)
        {
            screen.Say(
                new Words(
                    $"资格证 {TermWords.Certificate(certificate.Code).Zh}（{certificate.Code}），有效至 {certificate.ValidUntil:O}",
                    $"certificate {certificate.Code}, valid until {certificate.ValidUntil:O}"
                )
            );
        }

        DrawTimesAway(screen, plan, person);
    }

    private static void DrawTimesAway(Screen screen, TownPlan plan, StaffFacts person)
    {
        foreach (var time in person.OutOfOffice ?? [])
        {
            var until = time.Until is { } back ? Moments.Show(back, plan.TimeZone) : "";
            screen.Say(
                new Words(
                    $"不在任（编制已核销）{Moments.Show(time.From, plan.TimeZone)} – {until}".TrimEnd(),
                    $"out of office (post freed) {Moments.Show(time.From, plan.TimeZone)} – {until}".TrimEnd()
                )
            );
        }

        foreach (var away in person.Absences)
        {
            screen.Say($"{Wording.Of(away.Kind, screen.Lang)} {away.From:O} – {away.Until:O} {away.To} {away.Case}".TrimEnd());
        }
    }
}
