namespace BtcAgent.Social.Text;

/// <summary>Kind of a token of a post.</summary>
public enum TokenKind
{
    Word,

    /// <summary>A number or amount; its canonical text is <c>&lt;num&gt;</c>.</summary>
    Number,

    /// <summary>A number with a percent sign; its canonical text is <c>&lt;pct&gt;</c>, <c>&lt;+pct&gt;</c> or <c>&lt;-pct&gt;</c>.</summary>
    Percent,

    /// <summary>With its dollar sign, such as <c>$btc</c>.</summary>
    Cashtag,

    /// <summary>With its <c>#</c>.</summary>
    Hashtag,

    /// <summary>Its canonical text is <c>&lt;user&gt;</c>.</summary>
    Mention,

    /// <summary>Its canonical text is <c>&lt;url&gt;</c>.</summary>
    Url,

    /// <summary>One pictograph, or the sign ₿.</summary>
    Emoji,

    /// <summary>A mark that ends a clause: <c>. , ; : ! ?</c>, once for a run of the same.</summary>
    Mark,
}
