using System.Security.Cryptography;
using System.Text;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>One account with its balances, orders and trades. Keeps all of them for the lifetime of the venue.</summary>
internal sealed class VenueAccount
{
    private readonly AccountOptions _options;
    private readonly SortedDictionary<string, (decimal Free, decimal Locked)> _balances = new(StringComparer.Ordinal);

    public VenueAccount(AccountOptions options)
    {
        _options = options;
        foreach (var (asset, amount) in options.Balances)
        {
            _balances[asset] = (amount, 0);
        }
    }

    public string ApiKey => _options.ApiKey;

    public bool PaysFeesInBnb => _options.PaysFeesInBnb;

    public IEnumerable<(string Asset, decimal Free, decimal Locked)> Balances => _balances.Select(b => (b.Key, b.Value.Free, b.Value.Locked));

    public SortedDictionary<long, AccountOrder> Orders { get; } = [];

    public List<AccountTrade> Trades { get; } = [];

    public List<PreventedMatch> PreventedMatches { get; } = [];

    public List<OrderAmendment> Amendments { get; } = [];

    public SortedDictionary<long, OrderList> Lists { get; } = [];

    public decimal Free(string asset) => _balances.GetValueOrDefault(asset).Free;

    /// <summary>Finds the newest order with the client id; open orders come first.</summary>
    public AccountOrder? Find(string symbol, string clientOrderId) =>
        Orders.Values.Reverse().Where(o => o.Symbol == symbol && o.ClientOrderId == clientOrderId).OrderByDescending(o => o.IsOpen).FirstOrDefault();

    public void Add(string asset, decimal free, decimal locked = 0)
    {
        var (haveFree, haveLocked) = _balances.GetValueOrDefault(asset);
        _balances[asset] = (haveFree + free, haveLocked + locked);
    }

    public void Lock(string asset, decimal amount) => Add(asset, -amount, amount);

    public bool IsSignedBy(string payload, string signature)
    {
        if (_options.PublicKey.Length > 0)
        {
            return Ed25519Signature.Verify(_options.PublicKey, payload, signature);
        }

        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.SecretKey), Encoding.UTF8.GetBytes(payload));
        return signature.Equals(Convert.ToHexStringLower(expected), StringComparison.OrdinalIgnoreCase);
    }
}
