using Portal.Pools.Create;
using Portal.Tests.Changes;

namespace Portal.Tests.Pools;

public sealed class CreateFormTests
{
    [Fact]
    public void The_name_is_suggested_from_database_and_user()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "checkout", User = "app" };

        form.Follow(Some.Cluster());

        form.Name.ShouldBe("checkout-app");
        form.Size.ShouldBe("5");
    }

    [Fact]
    public void A_suggested_name_that_is_taken_gets_a_number()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "checkout", User = "app" };

        form.Follow(Some.Cluster(pools: [Some.Pool("checkout-app", 1), Some.Pool("checkout-app-2", 1)]));

        form.Name.ShouldBe("checkout-app-3");
    }

    [Fact]
    public void What_was_typed_is_left_alone()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "checkout", User = "app", Name = "mine", IsNameTyped = true, Size = "8", IsSizeTyped = true };

        form.Follow(Some.Cluster());

        form.Name.ShouldBe("mine");
        form.Size.ShouldBe("8");
    }

    [Fact]
    public void A_size_that_was_taken_from_the_recommendation_follows_the_cluster_and_another_does_not()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd };
        form.TakeSize("8", Some.Cluster());
        form.Follow(Some.Cluster(slug: "db-s-4vcpu-8gb"));
        form.Size.ShouldBe("8");

        form.TakeSize("5", Some.Cluster());
        form.Follow(Some.Cluster(slug: "db-s-4vcpu-8gb"));
        form.Size.ShouldBe("9");
    }

    [Fact]
    public void A_size_that_is_being_deleted_to_type_another_is_not_filled_in_again()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd };
        form.TakeSize("", Some.Cluster());

        form.Follow(Some.Cluster());

        form.Size.ShouldBe("");
    }

    [Fact]
    public void What_is_on_the_way_counts_for_the_recommendation()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd };

        form.Follow(Some.Cluster(onTheWay: 96));

        form.Size.ShouldBe("1");
    }

    [Fact]
    public void An_unknown_plan_leaves_the_size_to_the_person()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd };

        form.Follow(Some.Cluster(slug: "db-new-thing"));

        form.Size.ShouldBeNull();
        form.ClusterId.ShouldBe(Some.OrdersProd);
    }

    [Fact]
    public void What_the_cluster_does_not_have_is_dropped()
    {
        var form = new CreateForm { ClusterId = Some.OrdersProd, Database = "gone", User = "gone" };

        form.Follow(Some.Cluster());

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
