namespace BtcAgent.Social.Text;

/// <summary>Scripts that are distinguished, by the blocks of the Unicode Standard.</summary>
public enum Script
{
    None,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Georgian,
    Hangul,
    Ethiopic,
    Khmer,
    Kana,
    Han,

    /// <summary>A letter of a script without a name here.</summary>
    Other,
}
