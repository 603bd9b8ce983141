using Portal.Pools.Create;
using Portal.Tests.Changes;

namespace Portal.Tests.Pools;

public sealed class CreateFormTests
{
    [Fact]
    public void The_name_is_suggested_from_database_and_user()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "checkout", User = "app" };

        form.Follow(Some.Cluster().Facts);

        form.Name.ShouldBe("checkout-app");
        form.Size.ShouldBe("5");
    }

    [Fact]
    public void A_suggested_name_that_is_taken_gets_a_number()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "checkout", User = "app" };

        form.Follow(Some.Cluster(pools: [Some.Pool("checkout-app", 1), Some.Pool("checkout-app-2", 1)]).Facts);

        form.Name.ShouldBe("checkout-app-3");
    }

    [Fact]
    public void What_was_typed_is_left_alone()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "checkout", User = "app", Name = "mine", IsNameTyped = true, Size = "8", IsSizeTyped = true };

        form.Follow(Some.Cluster().Facts);

        form.Name.ShouldBe("mine");
        form.Size.ShouldBe("8");
    }

    [Fact]
    public void What_the_cluster_does_not_have_is_dropped()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "gone", User = "gone" };

        form.Follow(Some.Cluster().Facts);

        form.Database.ShouldBeNull();
        form.User.ShouldBeNull();
    }

    [Fact]
    public void An_inbound_user_is_asked_for_as_such()
    {
        var request = new CreateForm { User = CreateForm.InboundUser }.ToRequest();

        request.IsInboundUser.ShouldBeTrue();
        request.User.ShouldBeNull();
    }
}
