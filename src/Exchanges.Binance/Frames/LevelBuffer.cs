namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>Price levels of one frame, in a reused buffer that grows up to a limit.</summary>
internal sealed class LevelBuffer(int levelsMax)
{
    private const int StartSize = 256;

    private PriceLevel[] _levels = new PriceLevel[Math.Min(StartSize, levelsMax)];

    public int Count { get; private set; }

    public ReadOnlySpan<PriceLevel> Levels => _levels.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Returns false when the limit is reached.</summary>
    public bool TryAdd(Price price, Quantity quantity)
    {
        if (Count == _levels.Length)
        {
            if (Count >= levelsMax)
            {
                return false;
            }

            Array.Resize(ref _levels, Math.Min(levelsMax, _levels.Length * 2));
        }

        _levels[Count++] = new PriceLevel(price, quantity);
        return true;
    }
}
