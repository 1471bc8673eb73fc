# A VPC whose two Subnets have network ACLs of their own, beside the security groups: what crosses a Subnet's border is judged
# packet by packet, so what is asked needs an entry, and what is answered needs one too.

variable "name" {
  description = "What everything is called."
  default     = "shop"
}

variable "database_port" {
  description = "Where the database listens for the web server."
  default     = 5432
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"

  tags = {
    Name = var.name
  }
}

resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.1.0/24"

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_subnet" "database" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.2.0/24"

  tags = {
    Name = "${var.name}-database"
  }
}

# What stands at the border of every Subnet that is given no other one; here it lets through what stays within the VPC.
resource "aws_default_network_acl" "this" {
  default_network_acl_id = aws_vpc.this.default_network_acl_id

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = aws_vpc.this.cidr_block
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = aws_vpc.this.cidr_block
  }

  tags = {
    Name = "${var.name}-default"
  }

  # Subnets come and go without being named here.
  lifecycle {
    ignore_changes = [subnet_ids]
  }
}

resource "aws_network_acl" "database" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = [aws_subnet.database.id]

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = var.database_port
    to_port    = var.database_port
    cidr_block = aws_subnet.web.cidr_block
  }

  # The answers go to whichever port the web server asked from.
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = aws_subnet.web.cidr_block
  }

  tags = {
    Name = "${var.name}-database"
  }
}

# Entries can be resources of their own as well.
resource "aws_network_acl" "web" {
  vpc_id = aws_vpc.this.id

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_network_acl_association" "web" {
  network_acl_id = aws_network_acl.web.id
  subnet_id      = aws_subnet.web.id
}

resource "aws_network_acl_rule" "web" {
  for_each = { in = false, out = true }

  network_acl_id = aws_network_acl.web.id
  rule_number    = 100
  egress         = each.value
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "ping" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 50
  rule_action    = "deny"
  protocol       = "icmp"
  icmp_type      = 8
  icmp_code      = -1
  cidr_block     = "0.0.0.0/0"
}

data "aws_network_acls" "all" {
  vpc_id = aws_vpc.this.id

  depends_on = [aws_network_acl.database, aws_network_acl.web]
}

output "network_acls" {
  value = length(data.aws_network_acls.all.ids)
}
