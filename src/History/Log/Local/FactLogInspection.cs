using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Log.Local;

/// <summary>Reads all files of a log without changing anything, also while an agent writes it.</summary>
public static class FactLogInspection
{
    private const int EntriesMax = 10_000;

    /// <summary>A file that is being written may end within a record for an instant.</summary>
    private const int AttemptsMax = 3;

    /// <param name="Facts">Facts that can be read.</param>
    /// <param name="Damages">A line for each damage, with the offsets lost.</param>
    public sealed record Result(long Facts, IReadOnlyList<string> Damages);

    /// <param name="options">Folder and length of the files.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="IOException">A file cannot be read, or the name of the log is missing beside its files.</exception>
    public static Result Check(FactLogOptions options, CancellationToken cancellationToken)
    {
        LogName.Demand(options.Folder);
        var facts = 0L;
        List<string> damages = [];
        foreach (var topic in FactTopics.All.Where(topic => Directory.Exists(Path.Combine(options.Folder, FactTopics.NameOf(topic)))))
        {
            for (var attempt = 1; ; attempt++)
            {
                using var log = TopicLog.OpenToRead(topic, options.Folder, options.SegmentMb * 1024L * 1024);
                var (read, found) = Read(log, cancellationToken);
                if (found.Count == 0 || attempt == AttemptsMax || log.Segments is not [.., var last] || new FileInfo(last.Path).Length == last.Length)
                {
                    facts += read;
                    if (log.HasLostItsFiles)
                    {
                        damages.Add($"the newest files of {FactTopics.NameOf(topic)} in '{options.Folder}' were deleted: their facts are lost");
                    }

                    damages.AddRange(found);
                    break;
                }
            }
        }

        return new Result(facts, damages);
    }

    private static (long Facts, List<string> Damages) Read(TopicLog log, CancellationToken cancellationToken)
    {
        List<string> damages = [];
        var facts = 0L;
        for (var offset = log.First; log.Reader.Read(offset, EntriesMax, damages.Add) is { Count: > 0 } entries; offset = entries[^1].Offset + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            facts += entries.Count;
        }

        return (facts, damages);
    }
}
