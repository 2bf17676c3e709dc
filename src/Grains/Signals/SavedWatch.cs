namespace BtcAgent.Grains.Signals;

/// <summary>The state of a model's watch after one of its samples.</summary>
public sealed class SavedWatch
{
    public string ModelId { get; set; } = "";

    /// <summary>Hash of the model: another one has another watch.</summary>
    public string ModelHash { get; set; } = "";

    public byte[] Image { get; set; } = [];
}
