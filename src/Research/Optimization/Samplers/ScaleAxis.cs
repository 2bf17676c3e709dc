using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>
/// Normal kernels, truncated to the range, over the scale of a number or integer: the logarithm where the parameter is
/// logarithmic. An integer's probability is the kernel's mass within half a step of it.
/// </summary>
/// <remarks>
/// All points share a bandwidth by Scott's rule, 0.2·range·n^(−1/(d+4)) for n points and d parameters, at least
/// range/min(100, n + 2) (the "magic clip"); the last kernel is centred with the range as its deviation. Source: Optuna's
/// multivariate estimator.
/// </remarks>
internal sealed class ScaleAxis : ParzenAxis
{
    private const double ScottFactor = 0.2;
    private const double ClipMax = 100;
    private static readonly double LogSqrtTwoPi = 0.5 * Math.Log(2 * Math.PI);

    private readonly SearchParameter _parameter;
    private readonly IntegerParameter? _integer;
    private readonly bool _isLog;
    private readonly double _low;
    private readonly double _high;
    private readonly double[] _centres;
    private readonly double[] _logMasses;
    private readonly double[] _logPeaks;
    private readonly Dictionary<long, double[]> _logsOfIntegers = [];
    private readonly double _width;

    internal ScaleAxis(SearchParameter parameter, bool[] has, ParameterValue[] values, int dimensions)
        : base(has)
    {
        _parameter = parameter;
        _integer = parameter as IntegerParameter;
        _isLog = _integer?.IsLog ?? ((NumberParameter)parameter).IsLog;
        (_low, _high) = _integer is { } i
            ? (Scale(i.Low - (0.5 * i.Step)), Scale(i.High + (0.5 * i.Step)))
            : (Scale(((NumberParameter)parameter).Low), Scale(((NumberParameter)parameter).High));
        var count = has.Count(active => active);
        var range = _high - _low;
        _width = Math.Clamp(
            ScottFactor * range * Math.Pow(Math.Max(count, 1), -1.0 / (dimensions + 4)), range / Math.Min(ClipMax, count + 2), range);
        _centres = [.. values.Select((value, k) => has[k] ? Scale(value.Number) : double.NaN), 0.5 * (_low + _high)];
        _logMasses = [.. _centres.Select((centre, k) => Math.Log(Mass(centre, Width(k), _low, _high)))];
        _logPeaks = [.. _logMasses.Select((mass, k) => -mass - Math.Log(Width(k)) - LogSqrtTwoPi)];
    }

    internal override ParameterValue Draw(int kernel, TrialRandom random)
    {
        var unit = random.NextUnit();
        if (_low == _high)
        {
            return _parameter.FromUnit(0);
        }

        // Centres lie within the range: neither bound is far out in a tail.
        var (centre, width) = (_centres[kernel], Width(kernel));
        var (from, to) = (NormalDistribution.Cdf((_low - centre) / width), NormalDistribution.Cdf((_high - centre) / width));
        var drawn = Math.Clamp(centre + (width * NormalDistribution.Quantile(from + (unit * (to - from)))), _low, _high);
        var number = _isLog ? Math.Exp(drawn) : drawn;
        return _integer?.Nearest(number)
            ?? new ParameterValue(Math.Clamp(number, ((NumberParameter)_parameter).Low, ((NumberParameter)_parameter).High));
    }

    internal override void LogDensities(ParameterValue value, double[] logs)
    {
        if (_low == _high)
        {
            Array.Clear(logs);
            return;
        }

        if (_integer is not null)
        {
            IntegerLogs(value.Integer).CopyTo(logs, 0);
            return;
        }

        var place = Scale(value.Number);
        for (var kernel = 0; kernel < _centres.Length; kernel++)
        {
            var distance = (place - _centres[kernel]) / Width(kernel);
            logs[kernel] = _logPeaks[kernel] - (0.5 * distance * distance);
        }
    }

    /// <summary>Mass of a normal distribution between two bounds; taken in the lower tail, where differences keep their digits.</summary>
    private static double Mass(double centre, double width, double from, double to)
    {
        var (low, high) = ((from - centre) / width, (to - centre) / width);
        return low > 0
            ? NormalDistribution.Cdf(-low) - NormalDistribution.Cdf(-high)
            : NormalDistribution.Cdf(high) - NormalDistribution.Cdf(low);
    }

    /// <summary>Kept per value: candidates often share one, and masses far out in a tail take long.</summary>
    private double[] IntegerLogs(long value)
    {
        if (!_logsOfIntegers.TryGetValue(value, out var logs))
        {
            var (from, to) = (Scale(value - (0.5 * _integer!.Step)), Scale(value + (0.5 * _integer.Step)));
            logs = [.. _centres.Select((centre, k) => Math.Log(Mass(centre, Width(k), from, to)) - _logMasses[k])];
            _logsOfIntegers.Add(value, logs);
        }

        return logs;
    }

    private double Width(int kernel) => kernel == HasPoint.Length ? _high - _low : _width;

    private double Scale(double number) => _isLog ? Math.Log(number) : number;
}
