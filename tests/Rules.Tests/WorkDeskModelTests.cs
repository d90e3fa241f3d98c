using System.Collections.Immutable;
using CsCheck;
using TownReform.Grains.Rules;

namespace TownReform.Rules.Tests;

/// <summary>The desk against a naive model of it, under any row of comings, goings and absences.</summary>
public sealed class WorkDeskModelTests
{
    private static readonly DateOnly First = new(2019, 4, 10);
    private static readonly DateTimeOffset Morning = new(2019, 4, 10, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] Roles = ["clerk", "officer"];

    private enum Does
    {
        Enqueue = 0,
        Release = 1,
        Absent = 2,
        Back = 3,
        Reassign = 4,
    }

    [Fact]
    public void Desk_AnyRowOfEvents_IsWhatTheModelSays() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 11], Gen.Int[0, 5], Gen.Int[0, 63])
            .Array[1, 60]
            .Sample(steps =>
            {
                var model = new Model();
                for (var n = 0; n < steps.Length; n++)
                {
                    var (does, which, who, draw) = steps[n];
                    model.Step((Does)does, which, who, draw, n);
                    model.Check();
                }
            });

    /// <summary>What should be, kept in the plainest way beside the desk.</summary>
    private sealed class Model
    {
        private readonly WorkDesk desk = new();
        private readonly Dictionary<string, WorkItem> items = [];
        private readonly Dictionary<string, List<Absence>> away = [];
        private readonly List<Colleague> people = [];
        private DateOnly day = First;

        public Model()
        {
            for (var i = 0; i < 6; i++)
            {
                var person = new Colleague(
                    $"p{i}",
                    [.. Roles.Where((_, r) => i % 3 != r)],
                    [new Certificate("enforcement", First.AddDays(i * 4))]
                );
                people.Add(person);
                away[person.Id] = [];
                desk.Join(person);
            }
        }

        public void Step(Does does, int which, int who, int draw, int n)
        {
            var person = people[who].Id;
            switch (does)
            {
                case Does.Enqueue:
                    Enqueue(Item(which, draw, n));
                    break;
                case Does.Release:
                    Release($"C-{which:D2}", draw);
                    break;
                case Does.Absent:
                    away[person].Add(new Absence(AbsenceKind.Leave, day.AddDays(draw % 4), day.AddDays((draw % 4) + (draw % 7))));
                    desk.Absent(person, [.. away[person]]);
                    break;
                case Does.Back:
                    away[person].Clear();
                    desk.Absent(person, []);
                    break;
                default:
                    day = day.AddDays(draw % 3);
                    Reassign();
                    break;
            }
        }

        public void Check()
        {
            desk.Count.ShouldBe(items.Count);
            desk.Unstaffed.ShouldBe(items.Values.Count(i => i.Officers.Length < i.Hands));
            desk.List(null).Select(i => i.Case).ShouldBe(Ordered(items.Values));
            foreach (var person in people)
            {
                var mine = items.Values.Where(i => i.Officers.Contains(person.Id)).ToList();
                desk.LoadOf(person.Id).ShouldBe(mine.Count);
                desk.List(person.Id).Select(i => i.Case).ShouldBe(Ordered(mine));
                desk.Next(person.Id)?.Case.ShouldBe(Ordered(mine.Where(i => i.Officers[0] == person.Id))[0]);
                (desk.Next(person.Id) is null).ShouldBe(mine.All(i => i.Officers[0] != person.Id));
            }

            desk.DueForCheck(day)
                .ShouldBe([
                    .. items
                        .Values.Where(i => i.NextCheckOn <= day)
                        .OrderBy(i => i.NextCheckOn)
                        .ThenBy(i => i.Case, StringComparer.Ordinal)
                        .Select(i => i.Case),
                ]);
        }

        // A step is always the same under its version; only its clock may change.
        private static WorkItem Item(int which, int draw, int n)
        {
            var version = 1 + (draw / 16) + (n / 10);
            var step = (which * 7) + (version * 13);
            return new(
                Case: $"C-{which:D2}",
                Version: version,
                Step: "work",
                Item: "I-1",
                Role: Roles[step % 2],
                Hands: 1 + (step / 2 % 2),
                Certificates: step % 5 == 0 ? ["enforcement"] : [],
                NotBy: step % 7 == 0 ? ["p1"] : [],
                Prefer: step % 3 == 0 ? $"p{step % 6}" : null,
                Green: which % 11 == 0,
                Since: Morning.AddHours(step % 5),
                NextCheckOn: draw % 4 == 0 ? First.AddDays(draw % 9) : null,
                Due: draw % 3 == 1 ? First.AddDays(draw % 6) : null,
                Officers: []
            );
        }

        private static string[] Ordered(IEnumerable<WorkItem> some) =>
            [
                .. some.OrderByDescending(i => i.Green)
                    .ThenBy(i => i.Due ?? DateOnly.MaxValue)
                    .ThenBy(i => i.Since)
                    .ThenBy(i => i.Case, StringComparer.Ordinal)
                    .Select(i => i.Case),
            ];

        private void Enqueue(WorkItem item)
        {
            var known = items.GetValueOrDefault(item.Case);
            var loads = people.ToDictionary(p => p.Id, p => items.Values.Count(i => i.Case != item.Case && i.Officers.Contains(p.Id)));
            var taken = desk.Enqueue(item, day);
            if (known is not null && known.Version >= item.Version)
            {
                taken.Officers.ShouldBe(known.Officers);
                items[item.Case] = known.Version > item.Version ? known : item with { Officers = known.Officers };
                return;
            }

            items[item.Case] = item with { Officers = taken.Officers };
            Picked(taken, loads);
        }

        private void Release(string number, int version)
        {
            desk.Release(number, version);
            if (items.TryGetValue(number, out var known) && known.Version <= version)
            {
                items.Remove(number);
            }
        }

        private void Reassign()
        {
            var before = items.ToDictionary();
            foreach (var (was, now) in desk.Reassign(day))
            {
                was.Officers.ShouldBe(before[was.Case].Officers);
                now.Officers.ShouldNotBe(was.Officers);
                items[now.Case] = now;
            }

            foreach (var item in items.Values)
            {
                Suit(item, [.. before[item.Case].Officers.Where(o => Suits(o, item))]);
            }
        }

        /// <summary>Two different people who suit, those who stay first; nobody only where too few suit.</summary>
        private void Suit(WorkItem item, ImmutableArray<string> staying)
        {
            var suitable = people.Count(p => Suits(p.Id, item));
            item.Officers.Length.ShouldBe(suitable < item.Hands ? 0 : item.Hands);
            item.Officers.All(o => Suits(o, item)).ShouldBeTrue();
            item.Officers.Distinct().Count().ShouldBe(item.Officers.Length);
            item.Officers.Take(staying.Length).ShouldBe(item.Officers.IsEmpty ? [] : staying);
        }

        private void Picked(WorkItem item, Dictionary<string, int> loads)
        {
            Suit(item, []);
            var left = people.Select(p => p.Id).Where(p => Suits(p, item)).ToList();
            foreach (var officer in item.Officers)
            {
                var best =
                    item.Prefer is { } prefer && left.Contains(prefer)
                        ? [prefer]
                        : left.Where(p => loads[p] == left.Min(o => loads[o])).ToList();
                best.ShouldContain(officer);
                left.Remove(officer);
            }
        }

        private bool Suits(string id, WorkItem item)
        {
            var person = people.First(p => p.Id == id);
            return person.Roles.Contains(item.Role!)
                && !item.NotBy.Contains(id)
                && !away[id].Exists(a => a.From <= day && day <= a.Until)
                && item.Certificates.All(c => person.Certificates.Any(h => h.Code == c && day <= h.ValidUntil));
        }
    }
}
