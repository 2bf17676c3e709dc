namespace BtcAgent.Cli.Watching;

/// <summary>Emphasis of a line of the screen.</summary>
internal enum Tone
{
    Normal,

    /// <summary>Headings, and what is not the matter now.</summary>
    Quiet,

    /// <summary>A profit.</summary>
    Good,

    /// <summary>Needs an operator, or real money is at stake.</summary>
    Alarm,
}
