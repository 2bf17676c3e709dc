using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Domain.Social;

/// <summary>
/// Posts that were offered and wait for the reader. Immutable; JSON. Invariants, which tests name: (1) a post with the source and id of one of the last
/// <see cref="KnownMax"/> is not taken again; (2) numbers only rise; (3) an offer is taken as a whole or refused; (4) never more than
/// <see cref="WaitingMax"/> wait, nor more than <see cref="WaitingCharactersMax"/> characters.
/// </summary>
public sealed record PostInbox
{
    /// <summary>Posts that may wait.</summary>
    public const int WaitingMax = 1_000;

    /// <summary>Characters of all texts that may wait: the inbox is stored as a whole with each offer.</summary>
    public const int WaitingCharactersMax = 400_000;

    /// <summary>Posts whose source and id are remembered.</summary>
    public const int KnownMax = 4_096;

    /// <summary>Nothing was offered yet.</summary>
    public static PostInbox Empty { get; } = new();

    /// <summary>Number of the last post that was taken.</summary>
    public long LastNumber { get; init; }

    /// <summary>Posts that were not scored yet, by number.</summary>
    public ImmutableArray<OfferedPost> Waiting { get; init; } = [];

    /// <summary>Hashes of source and id of the last posts, the newest last.</summary>
    public ImmutableArray<long> Known { get; init; } = [];

    /// <summary>Takes the posts that are new.</summary>
    /// <param name="posts">As many as may wait, at most.</param>
    /// <param name="now">When they were received.</param>
    /// <returns>The inbox, and the number of posts taken; null when they do not all fit.</returns>
    public (PostInbox Inbox, int Taken)? Offer(IEnumerable<OfferedPost> posts, Timestamp now)
    {
        var known = Known.ToHashSet();
        var (hashes, taken, number) = (new List<long>(), new List<OfferedPost>(), LastNumber);
        foreach (var post in posts)
        {
            var hash = HashOf(post);
            if (known.Add(hash))
            {
                hashes.Add(hash);
                taken.Add(post with { Number = ++number, ReceivedAt = now });
            }
        }

        if (Waiting.Length + taken.Count > WaitingMax || Waiting.Concat(taken).Sum(post => (long)post.Text.Length) > WaitingCharactersMax)
        {
            return null;
        }

        return taken.Count == 0
            ? (this, 0)
            : (new PostInbox { LastNumber = number, Waiting = [.. Waiting, .. taken], Known = [.. Known.Concat(hashes).TakeLast(KnownMax)] }, taken.Count);
    }

    /// <summary>Removes the posts up to a number, with their texts: they were scored.</summary>
    public PostInbox Done(long number) => Waiting.IsEmpty || Waiting[0].Number > number
        ? this
        : this with { Waiting = [.. Waiting.Where(post => post.Number > number)] };

    private static long HashOf(OfferedPost post) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{post.Source}\0{post.Id}")));
}
