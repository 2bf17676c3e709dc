using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Api;

/// <summary>Checks names and ranges in requests, and answers invalid ones.</summary>
internal static class KnownNames
{
    public static IResult UnknownInstrument(string given, AgentOptions options) =>
        NotFound($"instrument '{given}' is not traded here", "instruments", options.Instruments);

    public static IResult UnknownPortfolio(string given, AgentOptions options) =>
        NotFound($"portfolio '{given}' does not exist", "portfolios", options.Portfolios.Select(p => p.Id));

    public static IResult UnknownStrategy(string given, AgentOptions options) =>
        NotFound($"strategy '{given}' does not exist", "strategies", options.Strategies.Select(s => s.Name).Distinct());

    /// <summary>Returns null when the portfolio exists, or none is named.</summary>
    public static IResult? CheckPortfolio(string? portfolio, AgentOptions options) =>
        portfolio is null || options.Portfolios.Any(p => p.Id == portfolio) ? null : UnknownPortfolio(portfolio, options);

    public static IResult UnknownModel(string given) =>
        Results.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "Not found",
            detail: $"model '{given}' is not registered; list the ids with GET /api/v1/models");

    /// <summary>Answers that a request is invalid.</summary>
    /// <param name="detail">The fault, the value, and the remedy.</param>
    /// <param name="field">The field or parameter that is wrong; null when it is none alone.</param>
    public static IResult BadRequest(string detail, string? field = null) => Results.Problem(
        statusCode: StatusCodes.Status400BadRequest,
        title: "Invalid request",
        detail: detail,
        extensions: field is null ? null : new Dictionary<string, object?> { ["field"] = field });

    /// <summary>Returns null when <paramref name="value"/> is in range.</summary>
    public static IResult? CheckRange(string name, int value, int min, int max) =>
        value >= min && value <= max ? null : BadRequest($"{name} is {value}: the range is {min}…{max}", name);

    public static IExecutionGrain Execution(this IGrainFactory grains, string portfolio, string instrument) =>
        grains.GetGrain<IExecutionGrain>($"{portfolio}/{instrument}");

    public static IModelRegistryGrain Models(this IGrainFactory grains) =>
        grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);

    public static ISignalGrain Signals(this IGrainFactory grains, StrategyOptions strategy) =>
        grains.GetGrain<ISignalGrain>($"{strategy.Instrument}/{strategy.Name}");

    private static IResult NotFound(string detail, string what, IEnumerable<string> known) =>
        Results.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "Not found",
            detail: $"{detail}; {what} are: {string.Join(", ", known)}");
}
