using System.Collections.Concurrent;

namespace TownReform.Silo.Api.Conventions;

/// <summary>
/// Answers that take the longer to find the more a store keeps, shared by all who ask at about the same time: one that took long is given
/// again for <see cref="Times"/> as long, so that however many look on, looking takes a tenth of one processor at most. Where it is found
/// at once it is as good as fresh.
/// </summary>
/// <typeparam name="TKey">What is asked.</typeparam>
/// <typeparam name="TAnswer">Tells its own moment, where readers must know it.</typeparam>
internal sealed class RecentAnswers<TKey, TAnswer>(TimeProvider time)
    where TKey : notnull
{
    /// <summary>For how many times the time that it took an answer is given again.</summary>
    public const int Times = 10;

    private readonly ConcurrentDictionary<TKey, Answer> answers = [];

    /// <summary>The answer; a fault is nobody's but those who waited for it.</summary>
    public async Task<TAnswer> GetAsync(TKey key, Func<Task<TAnswer>> find)
    {
        while (true)
        {
            var known = answers.GetOrAdd(key, _ => new Answer(time, find));
            if (known.IsOld)
            {
                answers.TryRemove(KeyValuePair.Create(key, known));
                continue;
            }

            try
            {
                return await known.Found.Value;
            }
            catch
            {
                answers.TryRemove(KeyValuePair.Create(key, known));
                throw;
            }
        }
    }

    private sealed class Answer
    {
        private readonly TimeProvider time;
        private long found;
        private TimeSpan kept;

        public Answer(TimeProvider time, Func<Task<TAnswer>> find)
        {
            this.time = time;
            Found = new Lazy<Task<TAnswer>>(() => FindAsync(find));
        }

        public Lazy<Task<TAnswer>> Found { get; }

        public bool IsOld => Found is { IsValueCreated: true, Value.IsCompleted: true } && time.GetElapsedTime(found) >= kept;

        private async Task<TAnswer> FindAsync(Func<Task<TAnswer>> find)
        {
            var began = time.GetTimestamp();
            var answer = await find();
            kept = time.GetElapsedTime(began) * Times;
            found = time.GetTimestamp();
            return answer;
        }
    }
}
