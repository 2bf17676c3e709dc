using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Economy.Releases;

/// <summary>A release that moves markets. Entry of <c>Economy:Releases</c>.</summary>
public sealed class EconomicRelease
{
    /// <summary>Number of the release at FRED, 1…100,000. Required.</summary>
    [Range(1, 100_000)]
    public int Id { get; set; }

    /// <summary>Name for people, up to 60 characters. Required.</summary>
    [Required, StringLength(60)]
    public string Name { get; set; } = "";

    /// <summary>Series whose change is the release's surprise, up to 40 characters. Default empty: the release has none.</summary>
    [StringLength(40), RegularExpression("[A-Za-z0-9_]*")]
    public string Series { get; set; } = "";

    /// <summary>How the change is computed. Default Log.</summary>
    public ChangeKind Change { get; set; } = ChangeKind.Log;

    /// <summary>Usual time in New York, which FRED does not state. Default 08:30.</summary>
    public TimeOnly Time { get; set; } = new(8, 30);

    /// <summary>Dates of the release, instead of those of FRED. Default none.</summary>
    public IList<DateOnly> Dates { get; } = [];

    /// <summary>When the release of a date is due.</summary>
    public Timestamp At(DateOnly date) => Domain.Economy.NewYorkTime.At(date, Time);
}
