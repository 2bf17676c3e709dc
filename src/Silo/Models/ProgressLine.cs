namespace BtcAgent.Silo.Models;

/// <summary>Shows progress and remaining time in one line of the console, rewritten in place on a terminal.</summary>
internal sealed class ProgressLine(string title, TimeProvider time) : IDisposable
{
    private const double StepShown = 0.1;
    private const int Width = 100;

    private readonly long _started = time.GetTimestamp();
    private readonly bool _inPlace = !Console.IsOutputRedirected;
    private double _shown = -1;

    public void Show(string what, double share)
    {
        if (share < _shown + (_inPlace ? 0.01 : StepShown))
        {
            return;
        }

        _shown = share;
        var passed = time.GetElapsedTime(_started).TotalSeconds;
        var left = share > 0.02 ? FormattableString.Invariant($", {passed * (1 - share) / share:F0} s left") : "";
        Write(FormattableString.Invariant($"  {title}: {share * 100:F0} % ({what}{left})"));
    }

    public void End(string result) => Write($"  {title}: {result}", last: true);

    public void Dispose()
    {
        if (_inPlace)
        {
            Console.WriteLine();
        }
    }

    private void Write(string text, bool last = false)
    {
        if (_inPlace && !last)
        {
            Console.Write($"\r{text.PadRight(Width)}");
        }
        else
        {
            Console.WriteLine(_inPlace ? $"\r{text.PadRight(Width)}" : text);
        }
    }
}
