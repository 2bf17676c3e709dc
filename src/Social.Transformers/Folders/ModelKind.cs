namespace BtcAgent.Social.Transformers.Folders;

/// <summary>Architectures, by <c>model_type</c> of <c>config.json</c>.</summary>
public enum ModelKind
{
    /// <summary><c>bert</c>, with WordPiece: FinBERT.</summary>
    Bert,

    /// <summary><c>roberta</c>, with pairs of bytes: CryptoBERT.</summary>
    Roberta,
}
