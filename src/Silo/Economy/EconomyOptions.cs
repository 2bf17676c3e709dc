using System.ComponentModel.DataAnnotations;
using BtcAgent.Economy.Releases;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Economy;

/// <summary>Economic releases. Section <c>Economy</c>; below it is <c>Fred</c>.</summary>
public sealed class EconomyOptions
{
    public const string Section = "Economy";

    /// <summary>None, Fred or Simulated. Default None.</summary>
    public EconomySource Source { get; set; } = EconomySource.None;

    /// <summary>The releases that count, at most 32. Default seven of the United States (<see cref="ReleaseTable"/>).</summary>
    [MaxLength(32), ValidateEnumeratedItems]
    public IList<EconomicRelease> Releases { get; } = [];
}
