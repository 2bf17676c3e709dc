using System.Globalization;
using Grpc.Core;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>Reads the fields of a request whose text REST would refuse while it reads the JSON.</summary>
internal static class RpcArguments
{
    private const int ShownMax = 40;

    /// <exception cref="RpcException">The text is not a price.</exception>
    public static Price Price(string field, string text) => BtcAgent.Domain.Price.TryParse(text.AsSpan(), out var price)
        ? price
        : throw RpcProblem.BadField(field, $"{field} is '{Shown(text)}': expected a price as text, such as \"61837.63\"");

    /// <exception cref="RpcException">The text is not a quantity.</exception>
    public static Quantity Quantity(string field, string text) => BtcAgent.Domain.Quantity.TryParse(text.AsSpan(), out var quantity)
        ? quantity
        : throw RpcProblem.BadField(field, $"{field} is '{Shown(text)}': expected a quantity as text, such as \"0.01\"");

    /// <exception cref="RpcException">The text is not a number.</exception>
    public static decimal Number(string field, string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw RpcProblem.BadField(field, $"{field} is '{Shown(text)}': expected a number as text, such as \"0.5\"");

    /// <summary>An enum of the domain whose numbers are those of the message; null when unspecified.</summary>
    /// <exception cref="RpcException">The number is not in the enum.</exception>
    public static TDomain? Choice<TMessage, TDomain>(string field, TMessage given)
        where TMessage : struct, Enum
        where TDomain : struct, Enum
    {
        var number = Convert.ToInt32(given, CultureInfo.InvariantCulture);
        if (number == 0)
        {
            return null;
        }

        var value = (TDomain)Enum.ToObject(typeof(TDomain), number);
        return Enum.IsDefined(value) ? value : throw RpcProblem.BadField(field, string.Create(
            CultureInfo.InvariantCulture, $"{field} is {number}: expected one of {string.Join(", ", Enum.GetNames<TDomain>())}"));
    }

    /// <inheritdoc cref="Choice"/>
    public static TDomain Required<TMessage, TDomain>(string field, TMessage given)
        where TMessage : struct, Enum
        where TDomain : struct, Enum =>
        Choice<TMessage, TDomain>(field, given)
        ?? throw RpcProblem.BadField(field, $"{field} is missing: it is one of {string.Join(", ", Enum.GetNames<TDomain>())}");

    private static string Shown(string text) =>
        string.Concat(text.Take(ShownMax).Select(c => char.IsControl(c) ? ' ' : c)) + (text.Length > ShownMax ? "…" : "");
}
