using BtcAgent.Silo.Logs;

namespace BtcAgent.Silo.Models;

/// <summary>Shows progress and remaining time in one line of a terminal, rewritten in place. Writes nothing when redirected.</summary>
internal sealed class ProgressLine(string title, TimeProvider time) : IDisposable
{
    private const double StepShown = 0.01;
    private const int Blocks = 20;

    /// <summary>Fraction done from which the remaining time is worth stating.</summary>
    private const double Estimable = 0.02;

    private readonly long _started = time.GetTimestamp();
    private double _shown = -1;

    public void Show(string what, double share)
    {
        if (!TerminalLine.IsTerminal || share < _shown + StepShown)
        {
            return;
        }

        _shown = share;
        var passed = time.GetElapsedTime(_started).TotalSeconds;
        var left = share > Estimable ? FormattableString.Invariant($", {passed * (1 - share) / share:F0} s left") : "";
        var done = (int)(Blocks * share);
        Console.Write(TerminalLine.Clear + FormattableString.Invariant(
            $"          [{new string('#', done)}{new string('.', Blocks - done)}] {share * 100,3:F0} %  {title}: {what}{left}"));
    }

    public void Dispose() => Console.Write(TerminalLine.Clear);
}
