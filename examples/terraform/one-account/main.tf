# Two VPCs of one account that reach each other: everything in one configuration, as a newcomer would write it.

variable "name" {
  description = "What everything is called."
  default     = "shop"
}

variable "database_port" {
  description = "Where the database listens for the web server."
  default     = 5432
}

variable "public_key" {
  description = "Whose machines these are. Nobody has the private half of this one."
  default     = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBlp6PhU/9OUjfSeZCv4eALUoskQm272O46nVAk+4gDw admin@example.org"
}

data "aws_availability_zones" "all" {
  state = "available"
}

data "aws_ami" "any" {
  most_recent = true
  owners      = ["Linkspan"]
}

resource "aws_key_pair" "admin" {
  key_name   = "admin"
  public_key = var.public_key

  tags = {
    Name = "${var.name}-admin"
  }
}

# --- The web server's side ---------------------------------------------------------------------------------------------

resource "aws_vpc" "web" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_subnet" "web" {
  vpc_id            = aws_vpc.web.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.all.names[0]

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_route_table" "web" {
  vpc_id = aws_vpc.web.id

  route {
    cidr_block                = aws_vpc.database.cidr_block
    vpc_peering_connection_id = aws_vpc_peering_connection.this.id
  }

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_route_table_association" "web" {
  subnet_id      = aws_subnet.web.id
  route_table_id = aws_route_table.web.id
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "What web servers may do"
  vpc_id      = aws_vpc.web.id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami                    = data.aws_ami.any.id
  instance_type          = "t2.small"
  subnet_id              = aws_subnet.web.id
  vpc_security_group_ids = [aws_security_group.web.id]
  key_name               = aws_key_pair.admin.key_name

  tags = {
    Name = "${var.name}-web"
  }
}

# --- The database's side -----------------------------------------------------------------------------------------------

resource "aws_vpc" "database" {
  cidr_block = "10.1.0.0/16"

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_subnet" "database" {
  vpc_id            = aws_vpc.database.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = data.aws_availability_zones.all.names[1]

  tags = {
    Name = "${var.name}-database"
  }
}

# The VPC's main table, which every Subnet without a table of its own uses.
resource "aws_default_route_table" "database" {
  default_route_table_id = aws_vpc.database.default_route_table_id

  route {
    cidr_block                = aws_vpc.web.cidr_block
    vpc_peering_connection_id = aws_vpc_peering_connection.this.id
  }

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_security_group" "database" {
  name        = "database"
  description = "Who may ask the database"
  vpc_id      = aws_vpc.database.id

  ingress {
    description     = "The web servers, whatever their addresses are"
    protocol        = "tcp"
    from_port       = var.database_port
    to_port         = var.database_port
    security_groups = [aws_security_group.web.id]
  }

  ingress {
    description = "Ping"
    protocol    = "icmp"
    from_port   = -1
    to_port     = -1
    cidr_blocks = [aws_vpc.web.cidr_block]
  }

  # A group of another VPC may be named while a peering connects the two.
  depends_on = [aws_vpc_peering_connection.this]
}

resource "aws_network_interface" "database" {
  subnet_id       = aws_subnet.database.id
  private_ips     = ["10.1.1.10"]
  security_groups = [aws_security_group.database.id]

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_instance" "database" {
  ami           = data.aws_ami.any.id
  instance_type = "t2.small"

  network_interface {
    network_interface_id = aws_network_interface.database.id
    device_index         = 0
  }

  tags = {
    Name = "${var.name}-database"
  }
}

# --- Between them ------------------------------------------------------------------------------------------------------

# Some servers let only VPCs be peered in which somebody lives, so each has an instance of this kind before.
resource "aws_instance" "first" {
  for_each = { web = aws_subnet.web.id, database = aws_subnet.database.id }

  ami           = data.aws_ami.any.id
  instance_type = "t2.small"
  subnet_id     = each.value

  tags = {
    Name = "${var.name}-first-in-${each.key}"
  }
}

resource "aws_vpc_peering_connection" "this" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.database.id
  auto_accept = true

  requester {
    allow_remote_vpc_dns_resolution = true
  }

  tags = {
    Name = var.name
  }

  depends_on = [aws_instance.first]
}

data "aws_vpc_peering_connection" "this" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.database.id
  status      = "active"

  depends_on = [aws_vpc_peering_connection.this]
}

# Whether the web server reaches the database, and what is in its way, is in the plan and the state of each apply.
resource "aws_ec2_network_insights_path" "database" {
  source           = aws_instance.web.id
  destination      = aws_network_interface.database.id
  protocol         = "tcp"
  destination_port = var.database_port

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_ec2_network_insights_analysis" "database" {
  network_insights_path_id = aws_ec2_network_insights_path.database.id

  tags = {
    Name = "${var.name}-database"
  }

  depends_on = [
    aws_instance.database,
    aws_route_table_association.web,
    aws_default_route_table.database,
  ]
}

output "peering" {
  value = data.aws_vpc_peering_connection.this.id
}

output "from" {
  value = aws_instance.web.id
}

output "to" {
  value = aws_instance.database.private_ip
}

output "reachable" {
  value = aws_ec2_network_insights_analysis.database.path_found
}
