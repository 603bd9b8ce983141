using System.Net;
using Portal.Operations.Telemetry;

namespace Portal.Tests.Operations.Telemetry;

public sealed class MetricsListenerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.244.3.7")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    public void A_caller_from_inside_is_answered(string address) => MetricsListener.IsPrivate(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2a03:b0c0::1")]
    [InlineData("0.0.0.0")]
    public void A_caller_from_the_internet_is_not(string address) => MetricsListener.IsPrivate(IPAddress.Parse(address)).ShouldBeFalse();

    [Fact]
    public void Nor_is_one_without_an_address() => MetricsListener.IsPrivate(address: null).ShouldBeFalse();
}
