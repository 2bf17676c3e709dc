namespace BtcAgent.Social.Lexicons;

/// <summary>The effect of a lexicon term on the tone of a text.</summary>
public enum TermKind
{
    /// <summary>Good or bad by itself.</summary>
    Tone,

    /// <summary>A movement, good when upwards, unless an <see cref="Inverse"/> is nearby.</summary>
    Direction,

    /// <summary>Something that is bad when it rises, such as unemployment. Its own valence counts without a movement.</summary>
    Inverse,

    /// <summary>Something that is good when it rises, such as profit. Its own valence counts without a movement.</summary>
    Object,

    /// <summary>Those who gain from falls; every term nearby is turned.</summary>
    Opponent,

    /// <summary>Turns and weakens the terms after it.</summary>
    Negator,

    /// <summary>Changes the strength of the next term.</summary>
    Booster,

    /// <summary>Terms before it count less, terms after it more.</summary>
    Contrast,

    /// <summary>A phrase without tone, so that its words are not read one by one.</summary>
    None,
}
