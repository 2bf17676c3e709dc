using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>
/// Keeps the trials of one search in a file of lines, each with a checksum: the search's identity, then one trial a line in
/// order. A line is on disk when <see cref="Append"/> returns. The file with <c>.folds</c> appended has the folds of trials in
/// flight, and is deleted by <see cref="Dispose"/> when none is. Format: <c>docs/optimizer.md</c>.
/// </summary>
/// <remarks>
/// The file is held open exclusively: a second process is refused, as far as the file system supports locks. A last line that is
/// torn or damaged is cut off, since the search computes its trial again to the same bytes; damage before it is an error.
/// </remarks>
public sealed class TrialStoreFile : ITrialStore, IDisposable
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly FileStream _file;
    private readonly FoldFile _folds;
    private readonly byte[] _torn;
    private readonly List<string> _warnings = [];
    private readonly List<Trial> _trials = [];
    private StudyIdentity? _stored;

    private TrialStoreFile(string path, FileStream file, FoldFile folds)
    {
        (_path, _file, _folds) = (path, file, folds);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = Read(bytes);
        _torn = bytes[end..];
        if (_stored is not null && _torn.Length > 0)
        {
            _warnings.Add($"'{path}': a last line of {_torn.Length} bytes was incomplete and is cut off; its trial runs again");
            Cut(end);
        }
    }

    /// <summary>The search of the stored trials; null before the first <see cref="Begin"/>.</summary>
    public StudyIdentity? Identity => _stored;

    public ImmutableArray<Trial> Trials => [.. _trials];

    public ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>Opens the store of a search.</summary>
    /// <param name="path">Path of the file; its folder is created.</param>
    /// <param name="resume">True continues a file, or starts one if there is none; false refuses a file that exists.</param>
    /// <exception cref="TrialStoreException">
    /// The file exists and <paramref name="resume"/> is false, is used by another process, is damaged before its last line, or
    /// is not a store.
    /// </exception>
    public static TrialStoreFile Open(string path, bool resume)
    {
        var full = Path.GetFullPath(path);
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            file = new FileStream(full, resume ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            return new TrialStoreFile(full, file, new FoldFile(full + ".folds"));
        }
        catch (Exception e) when (file is null && e is (IOException or UnauthorizedAccessException))
        {
            throw new TrialStoreException(
                !resume && File.Exists(full)
                    ? $"'{full}' exists: resume it, or name another file"
                    : $"'{full}' cannot be opened; another process may be using it: {e.Message}",
                e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    public void Begin(StudyIdentity identity)
    {
        lock (_gate)
        {
            var header = TrialLine.Of(json => TrialJson.Write(json, identity));
            if (_stored is not null)
            {
                Compare(_stored, identity);
            }
            else if (header.AsSpan().StartsWith(_torn))
            {
                Cut(0);
                Write(header);
                _stored = identity;
            }
            else
            {
                throw new TrialStoreException($"'{_path}' is not a store of trials: name another file");
            }

            _folds.Open(header, _trials.Count);
        }
    }

    public void Append(Trial trial)
    {
        lock (_gate)
        {
            Write(TrialLine.Of(json => TrialJson.Write(json, trial)));
            _trials.Add(trial);
            _folds.Forget(trial);
        }
    }

    public void Keep(int trial, TrialFold fold) => _folds.Keep(trial, fold);

    public TrialFold? FoldOf(int trial, int fold) => _folds.Of(trial, fold);

    public void Dispose()
    {
        _folds.Dispose();
        _file.Dispose();
    }

    private static string? Difference(StudyIdentity stored, StudyIdentity wanted) =>
        stored.Space.Hash != wanted.Space.Hash ? "another search space"
        : stored.Objective != wanted.Objective ? $"the objective '{stored.Objective}', not '{wanted.Objective}'"
        : stored.Folds != wanted.Folds ? $"{stored.Folds} folds, not {wanted.Folds}"
        : stored.Seed != wanted.Seed ? $"the seed {stored.Seed}, not {wanted.Seed}"
        : stored.Sampler != wanted.Sampler ? $"the sampler '{stored.Sampler}', not '{wanted.Sampler}'"
        : stored.Lag != wanted.Lag ? $"the lag {stored.Lag}, not {wanted.Lag}"
        : stored.Pruning != wanted.Pruning ? $"the pruning '{stored.Pruning}', not '{wanted.Pruning}'"
        : null;

    private void Compare(StudyIdentity stored, StudyIdentity wanted)
    {
        if (Difference(stored, wanted) is { } difference)
        {
            throw new TrialStoreException(
                $"'{_path}' belongs to another search: it has {difference}. Resume with the settings it was started with, or name another file");
        }
    }

    /// <summary>Reads the header and trials; returns where the last whole line ends.</summary>
    private int Read(byte[] bytes)
    {
        for (var (start, number) = (0, 1); ; number++)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0 || TrialLine.Read(bytes.AsSpan(start, length)) is not { } data)
            {
                var isLast = length < 0 || start + length + 1 == bytes.Length;
                return isLast && (_stored is not null || length < 0) ? start : throw Damaged(number, "its checksum does not match");
            }

            try
            {
                if (_stored is null)
                {
                    _stored = TrialJson.ReadIdentity(data);
                }
                else
                {
                    Add(TrialJson.ReadTrial(data, _stored.Space));
                }
            }
            catch (Exception e) when (e is JsonException or SearchSpaceException or TrialStoreException or KeyNotFoundException
                or InvalidOperationException or FormatException or OverflowException)
            {
                throw Damaged(number, e.Message, e);
            }

            start += length + 1;
        }
    }

    private void Add(Trial trial) => _trials.Add(trial.Number == _trials.Count
        ? trial
        : throw new TrialStoreException($"trial {trial.Number} is in the place of trial {_trials.Count}"));

    private TrialStoreException Damaged(int line, string reason, Exception? inner = null) => new(
        $"line {line} of '{_path}' cannot be used: {reason}. Restore the file from a backup, or delete line {line} and all after it to compute those trials again",
        inner);

    private void Cut(long length)
    {
        _file.SetLength(length);
        _file.Position = length;
        _file.Flush(flushToDisk: true);
    }

    private void Write(byte[] line)
    {
        _file.Write(line);
        _file.Flush(flushToDisk: true);
    }
}
