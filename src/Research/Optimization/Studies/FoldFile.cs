namespace BtcAgent.Research.Optimization.Studies;

/// <summary>
/// Folds of trials in flight: the line that identifies the search, then a line per fold in the order in which they finished. A
/// damaged line and all after it are dropped, as is the file of another search: those folds are computed again. Thread-safe.
/// </summary>
internal sealed class FoldFile(string path) : IDisposable
{
    /// <summary>Bytes of folds that are no longer needed before the file is rewritten without them.</summary>
    private const long SpareMax = 1 << 20;

    private readonly object _gate = new();
    private readonly Dictionary<(int Trial, int Fold), (TrialFold Fold, byte[] Line)> _known = [];
    private byte[] _header = [];
    private FileStream? _file;

    /// <summary>Reads the folds of trials that are not in the store.</summary>
    /// <param name="header">Line of the search.</param>
    /// <param name="trials">Number of trials in the store.</param>
    internal void Open(byte[] header, int trials)
    {
        lock (_gate)
        {
            _header = header;
            _file ??= new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            _file.Position = 0;
            var bytes = new byte[_file.Length];
            _file.ReadExactly(bytes);
            var start = bytes.AsSpan().StartsWith(header) ? header.Length : bytes.Length;
            while (bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length
                && TrialLine.Read(bytes.AsSpan(start, length)) is { } data)
            {
                var (trial, fold) = (data.GetProperty("trial").GetInt32(), TrialJson.ReadFold(data));
                if (trial >= trials)
                {
                    _known[(trial, fold.Fold)] = (fold, bytes[start..(start + length + 1)]);
                }

                start += length + 1;
            }

            Rewrite();
        }
    }

    internal void Keep(int trial, TrialFold fold)
    {
        var line = TrialLine.Of(json => TrialJson.Write(json, trial, fold));
        lock (_gate)
        {
            _known[(trial, fold.Fold)] = (fold, line);
            _file!.Write(line);
            _file.Flush(flushToDisk: true);
        }
    }

    internal TrialFold? Of(int trial, int fold)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault((trial, fold)).Fold;
        }
    }

    /// <summary>Drops the folds of a trial that the store has.</summary>
    internal void Forget(Trial trial)
    {
        lock (_gate)
        {
            foreach (var fold in trial.Folds)
            {
                _known.Remove((trial.Number, fold.Fold));
            }

            if (_file!.Length - _header.Length - _known.Values.Sum(known => (long)known.Line.Length) > SpareMax)
            {
                Rewrite();
            }
        }
    }

    /// <summary>Closes the file, and deletes it when no trial is in flight.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_file is not null)
            {
                _file.Dispose();
                _file = null;
                if (_known.Count == 0)
                {
                    File.Delete(path);
                }
            }
        }
    }

    // In place: a crash in between loses folds, never a trial.
    private void Rewrite()
    {
        _file!.SetLength(0);
        _file.Write(_header);
        foreach (var (_, line) in _known.Values)
        {
            _file.Write(line);
        }

        _file.Flush(flushToDisk: true);
    }
}
