using System.Globalization;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Records a live feed's raw frames in a folder: one tape per start and UTC day,
/// <c>binance_btcusdt_20240808T235413Z.gz</c>. Trading never waits for it: when the disk fails, it stops recording and
/// reports that.
/// </summary>
public sealed class TapeRecorder : IDisposable
{
    /// <summary>
    /// Written where the live feed lost its connection, so that a replay sees the loss at the same place. Our own event:
    /// the venue sends none.
    /// </summary>
    public static ReadOnlySpan<byte> Interruption => "{\"e\":\"feedInterrupted\"}"u8;

    private const int NamesMax = 100;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly string _folder;
    private readonly string _prefix;
    private readonly Action<string> _report;
    private TapeWriter? _writer;
    private Timestamp _day;
    private bool _failed;

    /// <param name="folder">Created when absent.</param>
    /// <param name="instrument">Appears in the file names.</param>
    /// <param name="report">Receives the reason when recording stops.</param>
    /// <exception cref="MarketFeedException">The folder cannot be created.</exception>
    public TapeRecorder(string folder, InstrumentId instrument, Action<string> report)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MarketFeedException(
                $"tapes cannot be recorded to '{folder}': {problem.Message} Set Binance:RecordTo to a writable folder", problem);
        }

        _folder = folder;
        _prefix = $"{instrument.Venue}_{instrument.Symbol}".ToLowerInvariant();
        _report = report;
    }

    /// <summary>Frames that could not be recorded because the disk failed.</summary>
    public long FramesLost { get; private set; }

    public void Append(Timestamp receiveTime, ReadOnlySpan<byte> frame)
    {
        if (_failed)
        {
            FramesLost++;
            return;
        }

        try
        {
            WriterFor(receiveTime).Append(receiveTime, frame);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _failed = true;
            FramesLost++;
            _report($"recording to '{_folder}' has stopped: {problem.Message} Free the disk or set Binance:RecordTo "
                + "to another folder, and restart");
        }
    }

    public void Dispose()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (IOException problem)
        {
            _report($"the tape '{_writer?.Path}' could not be closed: {problem.Message} "
                + "It can be read up to its last flush; free the disk");
        }

        _writer = null;
    }

    private TapeWriter WriterFor(Timestamp time)
    {
        var day = time.RoundDownTo(Day);
        if (_writer is not null && day == _day)
        {
            return _writer;
        }

        _writer?.Dispose();
        _day = day;
        return _writer = new TapeWriter(FreeName(time));
    }

    private string FreeName(Timestamp time)
    {
        var stem = $"{_prefix}_{time.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        var path = Path.Combine(_folder, $"{stem}.gz");
        for (var i = 2; File.Exists(path) && i < NamesMax; i++)
        {
            path = Path.Combine(_folder, $"{stem}_{i}.gz");
        }

        return path;
    }
}
