using System.Text;

namespace BtcAgent.Cli.Watching;

/// <summary>
/// Draws whole screens on the terminal's alternate screen, so that the operator's own screen is back afterwards, however the
/// command ends. A screen is one write, which the terminal shows at once: nothing flickers.
/// </summary>
internal sealed class LiveTerminal : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[?7l\e[2J";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l\e[0m";

    /// <summary>Brackets an update; terminals that do not know it ignore it.</summary>
    private const string Begin = "\e[?2026h";
    private const string End = "\e[?2026l";
    private const string Home = "\e[H";
    private const string ClearRestOfLine = "\e[K";
    private const string ClearScreen = "\e[2J";

    private readonly TextWriter _terminal;
    private readonly bool _inColour;
    private readonly Lock _writing = new();
    private (int Width, int Height) _size;
    private bool _isOpen = true;

    /// <param name="terminal">The terminal.</param>
    /// <param name="inColour">False where the operator wants no colour.</param>
    public LiveTerminal(TextWriter terminal, bool inColour)
    {
        _terminal = terminal;
        _inColour = inColour;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _terminal.Write(Enter);
        _terminal.Flush();
    }

    /// <summary>Shows these lines, which fit.</summary>
    public void Show(IReadOnlyList<ScreenLine> lines, int width, int height)
    {
        // Lines of the former size would remain beside and below the new ones.
        var screen = new StringBuilder(Begin).Append(_size == (width, height) ? "" : ClearScreen).Append(Home);
        _size = (width, height);
        for (var i = 0; i < lines.Count; i++)
        {
            // After a full line the cursor is on its last column, which the command would clear.
            screen.Append(i == 0 ? "" : "\r\n").Append(Coloured(lines[i])).Append(lines[i].Text.Length < width ? ClearRestOfLine : "");
        }

        lock (_writing)
        {
            if (_isOpen)
            {
                _terminal.Write(screen.Append(End).ToString());
                _terminal.Flush();
            }
        }
    }

    /// <summary>Gives the operator's screen back.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        lock (_writing)
        {
            if (_isOpen)
            {
                _isOpen = false;
                _terminal.Write(Leave);
                _terminal.Flush();
            }
        }
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();

    private string Coloured(ScreenLine line) => (_inColour ? line.Tone : Tone.Normal) switch
    {
        Tone.Quiet => $"\e[2m{line.Text}\e[0m",
        Tone.Good => $"\e[32m{line.Text}\e[0m",
        Tone.Alarm => $"\e[1;31m{line.Text}\e[0m",
        _ => line.Text,
    };
}
